import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';

describe('another number while one is awaited', () => {
  it.each([
    ['of a plan', ['a: what is your Medicare number?', 'c: it says H5216-073, the group is R7444']],
    ['of a member', ['a: do you have your Medicare card?', 'c: my Humana one. The ID is H48812077']],
    [
      'not needed',
      ["a: the member id, i don't need your medicare number", 'c: it says eight eight oh one four'],
    ],
    ['of an address', ['a: Is the garaging address 5502 West Terrace?', 'c: Yes, 66207.']],
    ['after a street', ['a: your card number?', 'c: I live at 4410 Elm Court, 85224']],
    ['of a form', ['a: his social?', 'c: I have his DD-214, it is on there']],
    ['of a year', ['a: your social?', 'c: sure', 'a: What year is the car?', 'c: two thousand nineteen']],
    [
      'of income',
      ['a: your income?', 'c: between the pension and the Social Security', 'a: Plan G in 33618 is one'],
    ],
    [
      'refused',
      ['a: your social?', "c: I'm not giving the social today", 'a: what is owed?', 'c: One eighty-five'],
    ],
    ['dates of Medicare', ['a: what does your Medicare number say?', 'c: oh eight oh one twenty fifteen']],
  ])('stays: %s', (_name, lines) => {
    expect(redactedTalk(...lines)).toEqual(lines.map((line) => line.slice(3)));
  });
});

describe('answers that are not said straight on', () => {
  it.each([
    ['passed on', ['a: your social?', 'c: 451', 'c: he says sixty two'], 'he says [ssn]'],
    [
      'two digits first',
      ['a: your routing number?', 'c: oh seven', 'a: okay', 'c: two oh oh nine'],
      '[bank_account]',
    ],
    [
      'a date in pieces, said back',
      [
        'a: date of birth?',
        'c: nine',
        'a: okay',
        'c: twenty',
        'a: uh huh',
        'c: forty one',
        'a: nine twenty forty one',
      ],
      '[date_of_birth]',
    ],
    [
      'letters alone',
      ['a: the medicare number?', 'c: one e g four', 'a: okay', 'c: t e five', 'a: go on', 'c: m k'],
      '[medicare_id]',
    ],
    [
      'a day in ordinals, then the year',
      ['a: date of birth?', 'c: twelfth month, nineteenth day', 'a: and the year', 'c: fifty two'],
      '[date_of_birth]',
    ],
    [
      'named by its place on a card',
      ['a: get your medicare card', 'a: the one right under your name', 'c: two f as in frank y four'],
      '[medicare_id]',
    ],
    [
      "another person's in passing",
      [
        'a: last four of your social?',
        'c: 6612',
        'a: your wife is on the title, so hers too.',
        'c: three zero nine five',
      ],
      '[ssn]',
    ],
  ])('go: %s', (_name, lines, last) => {
    expect(redactedTalk(...lines).at(-1)).toBe(last);
  });

  it('leave the number that is named by itself after them', () => {
    const texts = redactedTalk(
      'a: the account number at your bank?',
      'c: 88 140 2773, then 0104 for the check number',
    );
    expect(texts[1]).toBe('[bank_account], then 0104 for the check number');
  });

  it('start over on a card that was only mentioned', () => {
    const texts = redactedTalk(
      'a: i can take a card',
      'c: four three zero seven five eight four eight',
      'a: start over',
    );
    expect(texts[1]).toBe('[card_number]');
  });
});
