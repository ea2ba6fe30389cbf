import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';

describe('answers in parts', () => {
  it('go on after an interruption', () => {
    const texts = redactedTalk(
      "a: what's the routing number",
      'c: oh six one hold on let me get my other glasses the cat took them zero zero zero',
      'a: sure',
      'c: one oh four just a second somebody is at the door',
    );
    expect(texts.slice(1)).toEqual([
      '[bank_account] hold on let me get my other glasses the cat took them [bank_account]',
      'sure',
      '[bank_account] just a second somebody is at the door',
    ]);
  });

  it('are a Medicare id where a letter is taken back, or said alone with an example', () => {
    const texts = redactedTalk(
      'a: you have medicare so I need that number',
      'c: four d h seven b as in no p as in peter',
      'a: p as in peter',
      'c: w two r t six one',
    );
    expect(texts.slice(1)).toEqual(['[medicare_id]', '[medicare_id]', '[medicare_id]']);
  });

  it.each([
    ['turned round', 'a: and your birthday', 'c: born in sixty one, August four', /sixty|four/],
    ['by its year', 'a: tell me about you', 'c: oh i was born in fifty seven', /fifty/],
    ['beside a person', 'a: who else lives there', "c: my wife she's june tenth, sixty eight", /june|sixty/],
    ['after an age', 'a: how old are you sir', 'c: seventy one, nine four fifty four', /nine|fifty/],
    ['instead of an age', 'a: how old are you', 'c: four nineteen fifty one', /nineteen/],
  ])('are a birth date %s', (_name, ask, answer, said) => {
    expect(redactedTalk(ask, answer)[1]).not.toMatch(said);
  });

  it('are a birth date whose year is put right, and not an age that is', () => {
    const texts = redactedTalk(
      'a: so you were born May 3rd, 1961?',
      'c: no, sixty two',
      'a: sixty two, okay',
    );
    expect(texts.slice(1)).toEqual(['no, [date_of_birth]', '[date_of_birth], okay']);
    expect(redactedTalk('a: born May 3rd, 1961, so you turned sixty four?', 'c: no, sixty five')[1]).toBe(
      'no, sixty five',
    );
  });

  it('are known by their ending, and the new number that follows too', () => {
    const texts = redactedTalk(
      'a: shall I use the card on file, the one ending in 4 4 2 1?',
      "c: that's closed, use four one four seven, two two oh nine",
      'a: okay',
      "c: eight one one three, six oh oh two. It's good through four thirty.",
    );
    expect(texts[0]).toContain('ending in [card_number]');
    expect(texts.slice(1).join(' ')).not.toMatch(/four one|two two|eight one|six oh/);
  });

  it('are a social security number with hyphens, whatever was named before it', () => {
    const texts = redactedTalk('a: go on', 'c: my birthday is 3/4/1961 and mine is 912-44-5566');
    expect(texts[1]).toBe('my birthday is [date_of_birth] and mine is [ssn]');
  });

  it('are known from their beginning when the agent missed the rest', () => {
    const texts = redactedTalk('a: your social?', 'c: 912445566', 'a: I only got nine one two, and then?');
    expect(texts[2]).toBe('I only got [ssn], and then?');
  });

  it.each([
    [
      'a policy named with its company',
      'c: my policy is with mutual of omaha number three two two nine zero one',
    ],
    ['height and weight', 'c: five eleven two oh five'],
    ['a deadline', 'c: they told me until March 9th, 2027 to file'],
  ])('leave %s', (_name, line) => {
    const texts = redactedTalk('a: your birthday?', 'c: March 9th, 1961', 'a: and height and weight?', line);
    expect(texts[3]).toBe(line.slice(3));
  });

  it('leave a policy number that is read out again', () => {
    const lines = [
      'a: Your policy number is PA 4471 0093 2216 01.',
      'c: Say that again?',
      'a: P A, four four seven one, zero zero nine three, two two one six, zero one.',
    ];
    expect(redactedTalk(...lines)).toEqual(lines.map((line) => line.slice(3)));
  });
});
