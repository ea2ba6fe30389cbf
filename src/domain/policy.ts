import type { Answer, Judgement } from './answer.ts';
import type { Outcome, Prospect, Result } from './outcome.ts';
import { resultValues } from './outcome.ts';
import type { BillingRule, Scorecard } from './scorecard.ts';

/** What the platform reported, as far as billing rules ask for it. Unknown is null. */
export type CallFacts = {
  /** Seconds for which caller and buyer were connected. */
  connectedSeconds: number | null;
  duplicate: boolean | null;
};

type Standing = { prospect: Prospect; reason: string | null; because: string };

/**
 * Makes an outcome of a judgement: pure and complete, the only place that decides. Answers must have passed the
 * evidence check. Where no billing rule fits, the call goes to review under `no_rule`.
 */
export function decideOutcome(judgement: Judgement, scorecard: Scorecard, facts: CallFacts): Outcome {
  const standing = prospectOf(judgement, scorecard);
  const flags = judgement.flags.map(({ flag }) => flag);
  const found = {
    reached: judgement.reached,
    prospect: standing.prospect,
    reason: standing.reason,
    result: judgement.result.value,
  };
  const rule = scorecard.policy.find((candidate) => applies(candidate, found, facts));
  const billable = rule?.billable ?? 'review';
  return {
    ...found,
    billable,
    billableReason: rule?.id ?? 'no_rule',
    score: scoreOf(judgement.answers, scorecard),
    flags: [...new Set(flags)],
    explanation: `${billableWords[billable]} by rule ${rule?.id ?? 'no_rule'} (${rule?.because ?? 'no billing rule of the scorecard fits'}): ${standing.because}; result ${found.result}.`,
  };
}

const billableWords = { yes: 'Billable', no: 'Not billable', review: 'For review' } as const;

/** Where the caller stands: disqualifier, then failed gates, then enough said. */
function prospectOf(judgement: Judgement, scorecard: Scorecard): Standing {
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
  const failed = gates
    .map(({ id }) => answers.get(id))
    .filter((answer): answer is Answer => answer?.value === 'no')
    .sort((a, b) => b.confidence - a.confidence)[0];
  if (failed)
    return {
      prospect: 'unqualified',
      reason: failed.criterion,
      because: `unqualified, ${failed.criterion} is no${quoted(failed.evidence[0]?.quote)}`,
    };
  const met = gates.filter(({ id }) => answers.get(id)?.value === 'yes').map(({ id }) => id);
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

function applies(
  { when }: BillingRule,
  found: { reached: string; prospect: string; result: string; reason: string | null },
  facts: CallFacts,
): boolean {
  if (when.duplicate !== undefined && facts.duplicate !== when.duplicate) return false;
  const seconds = facts.connectedSeconds;
  if (when.connectedAtLeast !== undefined && (seconds === null || seconds < when.connectedAtLeast))
    return false;
  if (when.connectedBelow !== undefined && (seconds === null || seconds >= when.connectedBelow)) return false;
  if (when.reached && !when.reached.includes(found.reached)) return false;
  if (when.prospect && !when.prospect.includes(found.prospect)) return false;
  if (when.result && !when.result.includes(found.result)) return false;
  return !when.reason || (found.reason !== null && when.reason.includes(found.reason));
}

/** Weighted share of yes among the answered criteria, 0..100; null when none is answered. */
function scoreOf(answers: readonly Answer[], scorecard: Scorecard): number | null {
  let yes = 0;
  let all = 0;
  for (const criterion of scorecard.criteria) {
    const value = answers.find((answer) => answer.criterion === criterion.id)?.value;
    if (value !== 'yes' && value !== 'no') continue;
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
