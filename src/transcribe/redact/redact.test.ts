import { describe, expect, it } from 'vitest';
import { redactedTalk, spokenTurn } from '../../../test/transcribe/redacted-talk.ts';
import { redact } from './redact.ts';

/** A conversation with a line for each turn. */
const talk = (lines: string) =>
  redactedTalk(
    ...lines
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  );

describe('redact', () => {
  it('puts placeholders into text and words, and says what to mute', () => {
    const answer = spokenTurn('caller', 'it is 123 45 6789 okay', { start: 100 });
    const { turns, redactions } = redact([spokenTurn('agent', 'your social?'), answer]);
    expect(turns[1]).toMatchObject({ text: 'it is [ssn] okay' });
    expect(turns[1]!.words.map((word) => word.text)).toEqual(['it', 'is', '[ssn]', 'okay']);
    expect(turns[1]!.words[2]).toMatchObject({ start: 102, end: 104.5 });
    expect(redactions).toEqual([{ kind: 'ssn', turn: 1, start: 101.75, end: 104.75 }]);
  });

  it('mutes by the length of the text where words have no times', () => {
    const answer = { ...spokenTurn('caller', 'it is 123 45 6789 okay', { start: 100 }), words: [] };
    const { redactions } = redact([spokenTurn('agent', 'your social?'), answer]);
    expect(redactions[0]!.start).toBeLessThan(102);
    expect(redactions[0]!.end).toBeGreaterThan(104);
  });

  it('leaves a conversation without numbers as it is', () => {
    const turns = [spokenTurn('agent', 'how are you'), spokenTurn('caller', 'oh fine and you')];
    expect(redact(turns)).toEqual({ turns, redactions: [] });
  });

  it('keeps the expiry and removes the code said in one breath with the card', () => {
    const texts = talk(`a: card number?
      c: 5555 5555 5555 4444 oh four twenty eight nine oh two`);
    expect(texts[1]).toBe('[card_number] oh four twenty eight [card_cvv]');
  });

  it('takes the three digits that were asked for as the code, whoever repeats them', () => {
    const texts = talk(`a: card number?
      c: four one one one one one one one one one one one one one one one
      a: and the three digits on the back
      c: four four nine
      a: four four nine that will be ninety four fifty`);
    expect(texts.slice(3)).toEqual(['[card_cvv]', '[card_cvv] that will be ninety four fifty']);
  });

  it.each([
    ['month by name', 'april the ninth nineteen fifty five'],
    ['day first', 'the twenty-second of May, seventy-four'],
    ['numbers', 'twelve twenty five forty nine'],
    ['digits', 'oh five oh one nineteen fifty'],
    ['figures', '04/09/1955'],
    ['two thousand and something', 'August thirtieth, two thousand and one'],
  ])('removes a birth date said with %s', (_name, said) => {
    expect(talk(`a: and your date of birth\nc: ${said}`)[1]).toBe('[date_of_birth]');
  });

  it('removes a birth date in pieces and its repetition, not the start of coverage', () => {
    const texts = talk(`a: birthday?
      c: june
      a: uh huh
      c: the twenty first
      a: and the year
      c: nineteen seventy two
      a: june twenty first got it and the plan begins january first`);
    expect(texts.filter((text) => /june|first|seventy/.test(text))).toEqual([
      '[date_of_birth] got it and the plan begins january first',
    ]);
  });

  it('removes a spelled Medicare id in pieces', () => {
    const texts = talk(`a: I need your medicare number
      c: one e g four dash t e five
      a: mm hm
      c: m k seven two`);
    expect(texts).toEqual(['I need your medicare number', '[medicare_id]', 'mm hm', '[medicare_id]']);
  });

  it.each([
    'the appointment is thursday the fourteenth at three thirty',
    'I have both parts since oh five oh one twenty twenty',
    'social security pays me eleven ninety two a month',
    'my policy number is four four seven one nine two two',
    'the number on the letter is eight seven seven five five five oh one one nine',
    'the accident was march third twenty twenty four',
    'hold on one second I have two cards and three kids',
    'call nine one one or press two',
  ])('leaves "%s"', (said) => {
    expect(talk(`a: okay tell me more\nc: ${said}`)[1]).toBe(said);
  });

  it('tells what is owed on a card from its number', () => {
    const lines = ['discover is sixty four hundred amex eleven thousand two hundred visa forty eight fifty'];
    lines.unshift('your discover balance and the amex how much together');
    expect(talk(lines.map((line) => `c: ${line}`).join('\n'))).toEqual(lines);
  });

  it('knows a Medicare id by its shape, in pieces and without a question', () => {
    const texts = talk(`a: and what letters do you see there
      c: yeah one w v
      a: okay
      c: nine dash d j
      a: mm
      c: seven dash f f eight eight`);
    expect(texts.slice(1)).toEqual(['yeah [medicare_id]', 'okay', '[medicare_id]', 'mm', '[medicare_id]']);
  });

  it('removes a second person’s birth date and number too', () => {
    const texts = talk(`a: And the kids' birthdays?
      c: may second twenty twelve and august ninth twenty fifteen
      a: and socials for both
      c: one's 900 12 3456 the other's 901 22 7788`);
    expect(texts[1]).toBe('[date_of_birth] and [date_of_birth]');
    expect(texts[3]).toBe("one's [ssn] the other's [ssn]");
  });

  it('follows an account that is read in pieces, and leaves the price after it', () => {
    const texts = talk(`a: what are the numbers on your check
      c: oh eight one nine
      a: okay
      c: oh four
      a: mm hm
      c: eight oh eight
      a: so that'll be fifty two eighteen drafted on the third`);
    expect(texts.filter((text) => text === '[bank_account]')).toHaveLength(3);
    expect(texts[6]).toBe("so that'll be fifty two eighteen drafted on the third");
  });

  it('stops expecting an answer that was declined', () => {
    const texts = talk(`a: I need the social for the credit pull
      c: I don't give that out
      a: okay then it is four forty nine with twelve hundred down`);
    expect(texts[2]).toBe('okay then it is four forty nine with twelve hundred down');
  });
});
