import type { Answer } from './answer.ts';
import type { CallFacts } from './policy.ts';
import type { BillingRule } from './scorecard.ts';
import { isWithin } from './week-time.ts';

/** What is found of a call before its billability. */
export type Found = {
  reached: string;
  prospect: string;
  reason: string | null;
  result: string;
  flags: readonly string[];
  answers: readonly Answer[];
};

/** Whether all conditions of a billing rule hold. What is unknown of a call fulfils no condition on it. */
export function applies({ when }: BillingRule, found: Found, facts: CallFacts): boolean {
  return (
    (when.duplicate === undefined || facts.duplicate === when.duplicate) &&
    isLongEnough(when, facts.connectedSeconds) &&
    among(when.reached, found.reached) &&
    among(when.prospect, found.prospect) &&
    among(when.result, found.result) &&
    among(when.reason, found.reason) &&
    (!when.flag || when.flag.some((flag) => found.flags.includes(flag))) &&
    amongNames(when.state, facts.state) &&
    (!when.notState || (!!facts.state && !amongNames(when.notState, facts.state))) &&
    amongNames(when.buyer, facts.buyer) &&
    amongNames(when.campaign, facts.campaign) &&
    amongNames(when.publisher, facts.publisher) &&
    isInHours(when, facts) &&
    isRepeated(when.duplicateWithinDays, facts.daysSinceLastCall) &&
    Object.entries(when.answer ?? {}).every(([criterion, wanted]) =>
      hasAnswer(found.answers, criterion, wanted),
    )
  );
}

function isLongEnough(
  { connectedAtLeast, connectedBelow }: BillingRule['when'],
  seconds: number | null,
): boolean {
  if (connectedAtLeast !== undefined && (seconds === null || seconds < connectedAtLeast)) return false;
  return connectedBelow === undefined || (seconds !== null && seconds < connectedBelow);
}

function among(wanted: readonly string[] | undefined, value: string | null): boolean {
  return !wanted || (value !== null && wanted.includes(value));
}

/** Names as platforms send them: case and outer spaces do not count. */
function amongNames(wanted: readonly string[] | undefined, value: string | null | undefined): boolean {
  if (!wanted) return true;
  return !!value && wanted.some((name) => plain(name) === plain(value));
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function isInHours({ hours, outsideHours }: BillingRule['when'], { callAt, timeZone }: CallFacts): boolean {
  if (!hours && !outsideHours) return true;
  if (!callAt || !timeZone) return false;
  if (hours && !isWithin(hours, callAt, timeZone)) return false;
  return !outsideHours || !isWithin(outsideHours, callAt, timeZone);
}

function isRepeated(days: number | undefined, since: number | null | undefined): boolean {
  return days === undefined || (since !== null && since !== undefined && since <= days);
}

function hasAnswer(
  answers: readonly Answer[],
  criterion: string,
  wanted: string[] | { atLeast?: number; atMost?: number },
): boolean {
  const value = answers.find((answer) => answer.criterion === criterion)?.value ?? 'unknown';
  if (Array.isArray(wanted)) return wanted.includes(value);
  if (value === 'unknown') return false;
  const number = Number(value);
  return (
    !Number.isNaN(number) &&
    (wanted.atLeast === undefined || number >= wanted.atLeast) &&
    (wanted.atMost === undefined || number <= wanted.atMost)
  );
}
