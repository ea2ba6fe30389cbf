import type { Answer, Judgement } from './answer.ts';
import { applies } from './billing-rule.ts';
import { holds } from './criterion-value.ts';
import type { Outcome, Prospect, Result } from './outcome.ts';
import { resultValues } from './outcome.ts';
import type { Ruling } from './review.ts';
import type { Criterion, Scorecard } from './scorecard.ts';

/** What the platform reported, as far as billing rules ask for it. Unknown is null, or left out. */
export type CallFacts = {
  /** Seconds for which caller and buyer were connected. */
  connectedSeconds: number | null;
  duplicate: boolean | null;
  /** When the call took place, ISO 8601. */
  callAt?: string | null;
  /** IANA zone of the connection. */
  timeZone?: string | null;
  state?: string | null;
  buyer?: string | null;
  campaign?: string | null;
  publisher?: string | null;
  /** Days since the same caller was last connected with the same buyer. */
  daysSinceLastCall?: number | null;
};

type Standing = { prospect: Prospect; reason: string | null; because: string };

/**
 * Makes an outcome of a judgement: pure and complete, the only place that decides. Answers must have passed the
 * evidence check. Where no billing rule fits, the call goes to review under `no_rule`.
 * @param ruling what people settled over what follows from the answers; see applyReviews
 */
export function decideOutcome(
  judgement: Judgement,
  scorecard: Scorecard,
  facts: CallFacts,
  ruling: Ruling = {},
): Outcome {
  const callDate = facts.callAt ?? null;
  const standing = standingOf(prospectOf(judgement, scorecard, callDate), ruling);
  const flags = [...new Set(judgement.flags.map(({ flag }) => flag))];
  const found = {
    reached: judgement.reached,
    prospect: standing.prospect,
    reason: standing.reason,
    result: judgement.result.value,
  };
  const rule = scorecard.policy.find((candidate) =>
    applies(candidate, { ...found, flags, answers: judgement.answers }, facts),
  );
  // a person who says what the rule says leaves the rule its reason
  const settled =
    ruling.billable && ruling.billable.billable !== (rule?.billable ?? 'review')
      ? {
          billable: ruling.billable.billable,
          reason: 'reviewed',
          by: `by ${ruling.billable.by}, who reviewed the call (${ruling.billable.because})`,
        }
      : {
          billable: rule?.billable ?? ('review' as const),
          reason: rule?.id ?? 'no_rule',
          by: `by rule ${rule?.id ?? 'no_rule'} (${rule?.because ?? 'no billing rule of the scorecard fits'})`,
        };
  return {
    ...found,
    billable: settled.billable,
    billableReason: settled.reason,
    score: scoreOf(judgement.answers, scorecard, callDate),
    flags,
    explanation: `${billableWords[settled.billable]} ${settled.by}: ${standing.because}${answersOf(rule, judgement)}; result ${found.result}.`,
  };
}

/** What a rule asked of answers, since it decided by them. */
function answersOf(rule: Scorecard['policy'][number] | undefined, { answers }: Judgement): string {
  const asked = Object.keys(rule?.when.answer ?? {});
  const told = asked.map(
    (id) => `${id} ${answers.find(({ criterion }) => criterion === id)?.value ?? 'unknown'}`,
  );
  return told.length > 0 ? `; ${told.join(', ')}` : '';
}

/** What a person settled, unless it is what follows anyway. */
function standingOf(derived: Standing, { prospect: ruled }: Ruling): Standing {
  if (!ruled || (ruled.prospect === derived.prospect && ruled.reason === derived.reason)) return derived;
  const { prospect, reason, by, because } = ruled;
  const why = reason ? `, ${words(reason)}` : '';
  return {
    prospect,
    reason,
    because: `${words(prospect)}${why} by ${by}, who reviewed the call (${because})`,
  };
}

const billableWords = { yes: 'Billable', no: 'Not billable', review: 'For review' } as const;

/** Where the caller stands: disqualifier, then failed gates, then enough said. */
function prospectOf(judgement: Judgement, scorecard: Scorecard, callDate: string | null): Standing {
  const { disqualifier } = judgement;
  if (disqualifier)
    return {
      prospect: 'not_a_prospect',
      reason: disqualifier.reason,
      because: `not a prospect, ${words(disqualifier.reason)}${quoted(disqualifier.evidence[0]?.quote)}`,
    };
  if (judgement.reached !== 'conversation')
    return { prospect: 'unknown', reason: null, because: `prospect unknown, ${words(judgement.reached)}` };
  const answers = new Map(judgement.answers.map((answer) => [answer.criterion, answer]));
  const gates = scorecard.criteria.filter(({ gate }) => gate);
  const held = (gate: Criterion) => holds(gate, answers.get(gate.id)?.value, callDate);
  const failed = gates
    .filter((gate) => held(gate) === 'no')
    .map(({ id }) => answers.get(id))
    .filter((answer): answer is Answer => answer !== undefined)
    .sort((a, b) => b.confidence - a.confidence)[0];
  if (failed)
    return {
      prospect: 'unqualified',
      reason: failed.criterion,
      because: `unqualified, ${failed.criterion} is ${failed.value}${quoted(failed.evidence[0]?.quote)}`,
    };
  const met = gates.filter((gate) => held(gate) === 'yes').map(({ id }) => id);
  const open = gates.filter(({ id }) => !met.includes(id)).map(({ id }) => id);
  if (met.length === 0 && atMost(judgement.result.value, 'none'))
    return { prospect: 'unknown', reason: null, because: 'prospect unknown, too little was said' };
  const yes = met.length > 0 ? `${met.join(', ')} yes` : 'no gate is contradicted';
  return {
    prospect: 'qualified',
    reason: null,
    because: `qualified, ${yes}${open.length > 0 ? `, ${open.join(', ')} not contradicted` : ''}`,
  };
}

/** Weighted share of yes among the answered criteria, 0..100; null when none is answered. */
function scoreOf(answers: readonly Answer[], scorecard: Scorecard, callDate: string | null): number | null {
  let yes = 0;
  let all = 0;
  for (const criterion of scorecard.criteria) {
    const value = holds(
      criterion,
      answers.find((answer) => answer.criterion === criterion.id)?.value,
      callDate,
    );
    if (value === 'unknown') continue;
    if (value === 'no' && criterion.autoFail) return 0;
    all += criterion.weight;
    if (value === 'yes') yes += criterion.weight;
  }
  return all === 0 ? null : Math.round((100 * yes) / all);
}

function atMost(result: Result, limit: Result) {
  return resultValues.indexOf(result) <= resultValues.indexOf(limit);
}

function words(id: string) {
  return id.replaceAll('_', ' ');
}

function quoted(quote: string | undefined) {
  if (!quote) return '';
  return ` ("${quote.length > 120 ? `${quote.slice(0, 117).trimEnd()}…` : quote}")`;
}
