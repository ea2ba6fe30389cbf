import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';

/** The agent and the caller in turn, the agent first. */
const talk = (...texts: string[]) =>
  redactedTalk(...texts.map((text, index) => `${index % 2 === 0 ? 'a' : 'c'}: ${text}`));
const answerTo = (question: string, answer: string) => talk(question, answer)[1];

describe('a birth date of which a part was heard', () => {
  it.each([
    ['march fourteenth nineteen', '[date_of_birth]'],
    ['its march fourteenth nineteen uh', 'its [date_of_birth] uh'],
    ["sure it's march the", "sure it's [date_of_birth] the"],
    ['in march', 'in [date_of_birth]'],
    ['well you know i was born in march', 'well you know i was born in [date_of_birth]'],
    ['march for teen nineteen sixty two', '[date_of_birth]'],
    ['okay february her seven forty eight', 'okay [date_of_birth]'],
  ])('goes with its month: %s', (answer, left) => {
    expect(answerTo('and your date of birth', answer)).toBe(left);
  });

  it('goes on where it was cut off, and a month that is said back goes too', () => {
    expect(talk('your date of birth', 'march fourteenth nineteen', 'i lost you', 'fifty two')[3]).toBe(
      '[date_of_birth]',
    );
    expect(talk('your date of birth', 'my birthday is in march', 'march what')[2]).toBe(
      '[date_of_birth] what',
    );
  });

  it('goes without a question where birth is named', () => {
    expect(talk('okay', 'i was born in october')[1]).toBe('i was born in [date_of_birth]');
  });
});

describe('a month that is no birth', () => {
  it.each([
    ['and your date of birth', 'may i ask why you need that'],
    ['and your date of birth', 'may i'],
    ['and your date of birth', 'you may march down there and look it up'],
    ['when did the coverage end', 'it was in march'],
    ['when does your policy renew', 'i think it was in october'],
  ])('stays: %s %s', (question, answer) => {
    expect(answerTo(question, answer)).toBe(answer);
  });

  it('stays once the question was answered, and where it was dropped', () => {
    const after = talk('date of birth', 'march 14 1962', 'thank you and your renewal', 'that is in june');
    expect(after[3]).toBe('that is in june');
    const dropped = talk(
      'date of birth',
      'why',
      'we need it for the quote',
      'no',
      'all right',
      'it ended in may',
    );
    expect(dropped[5]).toBe('it ended in may');
  });
});
