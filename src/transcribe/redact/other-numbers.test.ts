import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';
import { digits } from '../../../test/transcribe/spoken-digits.ts';

/** What stays of a talk is all of it. */
function stays(before: string[], ...lines: string[]) {
  const texts = redactedTalk(...before, ...lines);
  expect(texts.slice(before.length)).toEqual(lines.map((line) => line.slice(3)));
}

describe('numbers that are named as something else', () => {
  it('stay while another one is awaited', () => {
    const open = fc.constantFrom(
      'a: and your social?',
      'a: the account number at your bank?',
      'a: date of birth?',
    );
    const names = fc.constantFrom(
      'your client ID is',
      'our company ID is',
      'the last four of the VIN are',
      'the license number is',
      'my NPN is',
      'the member ID is',
      'the job number is',
      'your authorization code is',
      'claim number',
    );
    fc.assert(
      fc.property(open, names, fc.integer({ min: 4, max: 7 }).chain(digits), (ask, name, number) => {
        stays([ask, 'c: just a moment please'], `a: ${name} ${number}`);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      'endings of telephones',
      [
        'a: last four of your social?',
        'c: 3318',
        'a: and I have your phone as 910-555-0160?',
        "c: that's my daughter's. Mine ends in 0182.",
      ],
    ],
    [
      'codes that were sent',
      [
        'a: card number?',
        'c: 4012 8888 8888 1881',
        'a: I texted you a six digit code, can you read it?',
        'c: 449 218',
      ],
    ],
    [
      'balances',
      ['a: your social?', 'c: 912 33 4456', 'a: how much do you owe on the Discover?', 'c: 6 8 1 2'],
    ],
    [
      'prices in pairs',
      [
        'a: what is your birthday',
        'c: ten nineteen forty eight',
        'a: and where were you born',
        'c: selma',
        'a: i got ten thousand at sixty two forty',
      ],
    ],
    [
      'times',
      ['a: last four of your social?', 'c: 4 4 7 1', 'a: how about ten fifteen', 'c: make it eleven thirty'],
    ],
    [
      'mail addresses',
      ['a: date of birth?', 'c: 3/2/1962', 'a: and the email?', 'c: jsmith 1962 at gmail dot com'],
    ],
  ])('%s stay', (_name, lines) => {
    stays(lines.slice(0, 2).map(String), ...lines.slice(2));
  });
});

describe('a refusal', () => {
  it('ends the ask, and names nothing itself', () => {
    stays(
      ['a: I would need your permission to do a credit check.'],
      "c: I don't want to give my Social right now.",
      'a: That is fine.',
      "c: What's your license number?",
      'a: It is 2210 and our company ID is 1883304.',
    );
  });

  it('may come from the one who asked', () => {
    stays(
      ['a: your social?', 'c: nine oh seven sixty six one two four nine'],
      'a: do you have hers too or we can leave that for later',
      "c: i don't have it on me",
      "a: and you're making about twenty eight thousand a year",
      'c: twenty eight five',
    );
  });

  it('is none where the number follows', () => {
    expect(
      redactedTalk(
        'a: your social?',
        "c: I don't like giving that out, but okay. Nine one six, three eight, five five zero two.",
      )[1],
    ).toBe("I don't like giving that out, but okay. [ssn].");
  });
});

describe('numbers as engines write them', () => {
  it.each([
    ['a: date of birth?', '1955-04-09', '[date_of_birth]'],
    ['a: date of birth?', '04.09.1955', '[date_of_birth]'],
    ['a: date of birth?', 'Christmas Day, nineteen fifty', '[date_of_birth]'],
    ['a: your social?', '912.40.7716', '[ssn]'],
    ['a: your social?', '912,407,716', '[ssn]'],
    ['a: your social?', 'it pays me $1,200,000 or 1,000,000', 'it pays me $1,200,000 or 1,000,000'],
  ])('%s %s', (ask, said, left) => {
    expect(redactedTalk(ask, `c: ${said}`)[1]).toBe(left);
  });
});
