import type { DigitRun } from './digit-runs.ts';

/** Luhn's check sum, ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Digits of a card that begins like this: 15 for American Express (34, 37), else 16. */
export function cardLength(digits: string): number {
  return /^3[47]/.test(digits) ? 15 : 16;
}

/** True when digits hold a whole card number at their start: 13 to 19 digits that pass Luhn's check. */
export function startsWithCard(digits: string): boolean {
  if (!/^[2-6]/.test(digits)) return false;
  const usual = cardLength(digits);
  if (digits.length >= usual && passesLuhn(digits.slice(0, usual))) return true;
  return digits.length >= 13 && digits.length <= 19 && passesLuhn(digits);
}

/** A part of a run, in tokens. */
export type RunPart = { from: number; to: number; digits: string };

/** The groups `first` (inclusive) to `last` (exclusive) of a run. */
export function partOf(run: DigitRun, first: number, last = run.groups.length): RunPart | null {
  const groups = run.groups.slice(first, last);
  const [head, tail] = [groups[0], groups.at(-1)];
  if (!head || !tail) return null;
  return { from: head.from, to: tail.to, digits: groups.map((group) => group.digits).join('') };
}

/** Index of the first group that begins at or after `digits` digits of the run. */
export function groupAfter(run: DigitRun, digits: number): number {
  let seen = 0;
  for (const [index, group] of run.groups.entries()) {
    if (seen >= digits) return index;
    seen += group.digits.length;
  }
  return run.groups.length;
}

/**
 * How many groups from `first` on say an expiry date: `oh four twenty eight`, `nine twenty eight`, `11/27`,
 * `eleven twenty twenty seven`; 0 when they say none.
 */
export function expiryGroups(run: DigitRun, first: number): number {
  let digits = '';
  for (let index = first; index < Math.min(run.groups.length, first + 6); index++) {
    const group = run.groups[index]!;
    digits += group.digits;
    const count = index - first + 1;
    if (/^(0[1-9]|1[0-2])(20)?(2[4-9]|3\d)$/.test(digits)) return count;
    // a month of one digit is a date only when the year is said as one number: "nine twenty eight"
    if (/^[1-9](20)?(2[4-9]|3\d)$/.test(digits) && group.digits.length >= 2 && count >= 2) return count;
  }
  return 0;
}
