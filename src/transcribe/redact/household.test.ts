import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';

const asks = [
  'Your wife?',
  'And the young man?',
  'And the little one?',
  'hers?',
  'Okay, thanks. And yours?',
  'ha nice and your son’s',
  'What about your youngest?',
  'And Luke?',
  "Pamela's?",
  'for your husband',
];
const birth = fc.tuple(
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 28 }),
  fc.integer({ min: 1935, max: 2019 }),
);

describe('a question that names another person only', () => {
  it('asks for a birth date again', () => {
    fc.assert(
      fc.property(birth, birth, fc.constantFrom(...asks), ([m, d, y], [m2, d2, y2], ask) => {
        const texts = redactedTalk(
          'a: date of birth?',
          `c: ${m}/${d}/${y}`,
          `a: ${ask}`,
          `c: ${m2}/${d2}/${y2}`,
        );
        expect(texts[3]).toBe('[date_of_birth]');
      }),
    );
  });

  it('asks for what was given, in pieces too', () => {
    const texts = redactedTalk(
      'a: Birthday?',
      'c: May 30th, 1973',
      'a: And the young man?',
      'c: July seventh',
      'a: What year?',
      'c: Two thousand nine. He is sixteen.',
    );
    expect([texts[3], texts[5]]).toEqual(['[date_of_birth]', '[date_of_birth]. He is sixteen.']);
    const socials = redactedTalk(
      'a: your social?',
      'c: 912 33 4456',
      'a: hers?',
      'c: nine one three',
      'a: okay',
      'c: forty four',
    );
    expect([socials[3], socials[5]]).toEqual(['[ssn]', '[ssn]']);
  });

  it.each([
    ['of telephones', 'a: and your cell?', 'c: 512 555 0166', 'a: and your wife?', 'c: 512 555 0188'],
    ['long after', 'a: how is the roof?', 'c: fine', 'a: and your wife?', 'c: she makes 31,400'],
  ])('asks for nothing %s', (_name, ...lines) => {
    const texts = redactedTalk('a: date of birth?', 'c: 3/4/1961', ...lines);
    expect(texts.slice(2)).toEqual(lines.map((line) => line.slice(3)));
  });
});

describe('people who are listed', () => {
  it('have their birth dates removed, said with their names', () => {
    const texts = redactedTalk(
      'a: who all is going to be on it',
      'c: me robert cole four nine sixty one my wife tina cole eight thirteen sixty three',
      'a: any kids on the policy?',
      'c: Emma, 12/1/2008, and Luke, 3/30/2011.',
    );
    expect(texts[1]).toBe('me robert cole [date_of_birth] my wife tina cole [date_of_birth]');
    expect(texts[3]).toBe('Emma, [date_of_birth], and Luke, [date_of_birth].');
    const row = redactedTalk('a: Dates of birth?', 'c: 2/11/81, 5/30/84, 8/8/2013, 10/1/2016');
    expect(row[1]).toBe('[date_of_birth], [date_of_birth], [date_of_birth], [date_of_birth]');
  });

  it.each([
    'my wife makes four ninety one sixty and my son nine forty two',
    'my late husband, he passed on April 9th, 2019',
    'my daughter graduated June 2nd, 2015',
  ])('leave "%s"', (line) => {
    expect(
      redactedTalk('a: your birthday?', 'c: 3/4/1961', 'a: okay and how are things', `c: ${line}`)[3],
    ).toBe(line);
  });
});
