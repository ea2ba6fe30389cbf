import type { BillingRule, HoldsIf, Hours, Scorecard } from '../domain/scorecard.ts';
import type { ScorecardFile } from './scorecard-shape.ts';

/** Puts the shared part under a file: criteria in front, cues together, the file's policy over the shared one. */
export function assembleScorecard(file: ScorecardFile, base: ScorecardFile | null, hash: string): Scorecard {
  const reasons = [
    ...new Set([...(base?.disqualifiers ?? []), ...file.disqualifiers].map(({ reason }) => reason)),
  ];
  const results = { ...base?.results, ...file.results };
  const roles = [
    ...Object.keys(base?.cues ?? {}),
    ...Object.keys(file.cues),
  ] as (keyof ScorecardFile['cues'])[];
  const disqualifiers = [...(base?.disqualifiers ?? []), ...file.disqualifiers];
  return {
    id: file.id,
    version: `${file.version}+${hash.slice(0, 8)}`,
    title: file.title,
    aliases: file.aliases,
    criteria: mergeCriteria([...(base?.criteria ?? []), ...file.criteria]).map(toCriterion),
    disqualifiers: reasons.map((reason) => {
      const parts = disqualifiers.filter((part) => part.reason === reason);
      const gather = (key: 'caller' | 'agent' | 'asks') => parts.flatMap((part) => part[key]);
      return { reason, caller: gather('caller'), agent: gather('agent'), asks: gather('asks') };
    }),
    results: Object.fromEntries(
      (Object.keys(results) as (keyof typeof results)[]).map((result) => {
        const both = [base?.results[result], file.results[result]];
        const gather = (key: 'agent' | 'caller') => both.flatMap((part) => part?.[key] ?? []);
        return [result, { agent: gather('agent'), caller: gather('caller') }];
      }),
    ),
    cues: Object.fromEntries(
      roles.map((role) => [role, [...(base?.cues[role] ?? []), ...(file.cues[role] ?? [])]]),
    ),
    policy: (file.policy.length > 0 ? file.policy : (base?.policy ?? [])).map(toRule),
  };
}

/** A criterion named in both files adds the file's cues to the shared ones. */
function mergeCriteria(criteria: ScorecardFile['criteria']): ScorecardFile['criteria'] {
  const merged = new Map<string, ScorecardFile['criteria'][number]>();
  for (const criterion of criteria) merged.set(criterion.id, criterion);
  return [...merged.values()];
}

function toCriterion(criterion: ScorecardFile['criteria'][number]): Scorecard['criteria'][number] {
  const { listen } = criterion;
  return {
    id: criterion.id,
    question: criterion.question,
    kind: criterion.kind,
    choices: criterion.choices,
    heardFrom: criterion.heard_from,
    gate: criterion.gate,
    intent: criterion.intent,
    weight: criterion.weight,
    autoFail: criterion.auto_fail,
    holdsIf: criterion.holds_if && bounds(criterion.holds_if),
    requiredText: criterion.required_text,
    examples: criterion.examples,
    listen: {
      asks: listen.asks,
      asksReversed: listen.asks_reversed,
      topic: listen.topic,
      yes: listen.yes,
      no: listen.no,
      replyYes: listen.reply_yes,
      replyNo: listen.reply_no,
      agentYes: listen.agent_yes,
      agentNo: listen.agent_no,
      amount: listen.amount && {
        unit: listen.amount.unit,
        atLeast: listen.amount.at_least,
        atMost: listen.amount.at_most,
        plausible: listen.amount.plausible,
        sum: listen.amount.sum,
      },
      date: listen.date && { withinMonths: listen.date.within_months, event: listen.date.event },
      absent: listen.absent,
      impliesNo: listen.implies_no,
      settledBy: listen.settled_by,
      acceptedSilently: listen.accepted_silently,
    },
  };
}

type WrittenRule = ScorecardFile['policy'][number];
type WrittenHours = NonNullable<WrittenRule['when']['hours']>;
type WrittenHolds = NonNullable<ScorecardFile['criteria'][number]['holds_if']>;

function toRule({ when, ...rule }: WrittenRule): BillingRule {
  return {
    ...rule,
    when: {
      ...(when.duplicate !== undefined && { duplicate: when.duplicate }),
      ...(when.connected_at_least !== undefined && { connectedAtLeast: when.connected_at_least }),
      ...(when.connected_below !== undefined && { connectedBelow: when.connected_below }),
      ...(when.reached && { reached: when.reached }),
      ...(when.prospect && { prospect: when.prospect }),
      ...(when.result && { result: when.result }),
      ...(when.reason && { reason: when.reason }),
      ...(when.flag && { flag: when.flag }),
      ...(when.state && { state: when.state }),
      ...(when.not_state && { notState: when.not_state }),
      ...(when.buyer && { buyer: when.buyer }),
      ...(when.campaign && { campaign: when.campaign }),
      ...(when.publisher && { publisher: when.publisher }),
      ...(when.hours && { hours: toHours(when.hours) }),
      ...(when.outside_hours && { outsideHours: toHours(when.outside_hours) }),
      ...(when.duplicate_within_days !== undefined && { duplicateWithinDays: when.duplicate_within_days }),
      ...(when.answer && {
        answer: Object.fromEntries(
          Object.entries(when.answer).map(([id, wanted]) => [
            id,
            Array.isArray(wanted) ? wanted : bounds(wanted),
          ]),
        ),
      }),
    },
  };
}

function toHours({ from, to, days, time_zone }: WrittenHours): Hours {
  return { from, to, days, timeZone: time_zone };
}

function bounds({ at_least, at_most, one_of, within_months }: WrittenHolds): HoldsIf {
  return {
    ...(at_least !== undefined && { atLeast: at_least }),
    ...(at_most !== undefined && { atMost: at_most }),
    ...(one_of && { oneOf: one_of }),
    ...(within_months !== undefined && { withinMonths: within_months }),
  };
}
