import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hear, levelWords, quoteAround } from './heard-text.ts';

test.each([
  ['twenty two hundred a month', '2200 a month'],
  ['eleven grand', '11000'],
  ['a hundred and thirty five', '135'],
  ['two sixty', '260'],
  ['nine oh two', '902'],
  ['nineteen fifty five', '1955'],
  ['six hundred and eighty-four', '684'],
  ['$1,200', '1200'],
  ['two thousand and six', '2006'],
  ['one eighty, two hundred in the summer', '180 200 in the summer'],
  ['the first one', 'the first one'],
  ["four thirty's good", '430 good'],
  ["Don't, you're", 'dont your'],
  ['a d u i', 'a dui'],
  ['um it is uh fine', 'it is fine'],
])('"%s" is heard as "%s"', (said, heard) => {
  expect(levelWords(said).join(' ')).toBe(heard);
});

test('the letters of Medicare parts stay apart', () => {
  expect(levelWords("part b i don't have")).toEqual(['part', 'b', 'i', 'dont', 'have']);
});

test('a quote always stands in the turn, whatever is said', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.nat(400),
      fc.nat(40),
      (text, at, length) => {
        const turn = hear({ speaker: 'caller', text }, 0);
        expect(text).toContain(quoteAround(turn, Math.min(at, turn.text.length), length));
      },
    ),
  );
});

test('case and punctuation do not change what is heard', () => {
  const words = fc.array(fc.constantFrom('we', 'own', 'the', 'house', 'since', 'march', 'no', 'lawyer'), {
    minLength: 1,
  });
  fc.assert(
    fc.property(words, (said) => {
      const plain = levelWords(said.join(' '));
      expect(levelWords(`${said.join(', ').toUpperCase()}.`)).toEqual(plain);
    }),
  );
});
