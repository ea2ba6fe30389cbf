import { standsIn } from '../../src/score/evidence.ts';
import { byName, calibration, confusion, kappa, type Pair, share } from './agreement.ts';
import type { JudgedCall } from './judged-call.ts';

/** Everything that is counted about one set of judged calls; docs/scorecards.md says what each figure means. */
export type Measured = ReturnType<typeof measure>;

/**
 * How often the judge agrees with the labels.
 * - criteria.precision: of the yes and no answers given, the share whose label is the same; an answer where the
 *   label is `unknown` counts as wrong.
 * - criteria.coverage: of the criteria labelled yes or no, the share that got a yes or no at all.
 * - evidence.precision: of the turns quoted for right yes and no answers that have labelled turns, the share
 *   that lies within one turn of a labelled one; evidence.exact asks for the labelled turn itself.
 *   evidence.standing: share of yes and no answers whose quotes all stand in the transcript.
 */
export function measure(results: readonly JudgedCall[]) {
  const answers = answersOf(results);
  const given = answers.filter(({ got }) => got !== 'unknown');
  const flags = flagPairs(results);
  return {
    calls: results.length,
    /** Calls for which the judge failed. They count as wrong in every field and as open in every criterion. */
    unanswered: results.filter(({ failure }) => failure !== null).length,
    reached: field(results, (one) => [one.outcome.reached, one.call.labels.reached]),
    prospect: field(results, (one) => [one.outcome.prospect, one.call.labels.prospect]),
    result: field(results, (one) => [one.outcome.result, one.call.labels.result]),
    reason: field(
      results.filter(({ call }) => call.labels.reason !== null),
      (one) => [one.outcome.reason ?? 'none', one.call.labels.reason!],
    ),
    criteria: {
      ...criteriaOf(answers),
      kappa: kappa(answers.map(({ got, want }) => [got, want] as const)),
      by_vertical: grouped(answers, ({ vertical }) => vertical),
      by_criterion: grouped(answers, ({ criterion }) => criterion),
    },
    flags: {
      precision: share(flags.filter(({ got }) => got).map(({ want }) => want)),
      recall: share(flags.filter(({ want }) => want).map(({ got }) => got)),
      kappa: kappa(flags.map(({ got, want }) => [String(got), String(want)] as const)),
      by_flag: Object.fromEntries(
        [...new Set(flags.map(({ flag }) => flag))].sort().map((flag) => {
          const own = flags.filter((one) => one.flag === flag);
          return [
            flag,
            {
              precision: share(own.filter(({ got }) => got).map(({ want }) => want)),
              recall: share(own.filter(({ want }) => want).map(({ got }) => got)),
              raised: own.filter(({ got }) => got).length,
              labelled: own.filter(({ want }) => want).length,
            },
          ];
        }),
      ),
      evidence: share(flags.filter(({ got, want }) => got && want).map(({ near }) => near)),
    },
    evidence: {
      precision: share(cited(given, 1)),
      exact: share(cited(given, 0)),
      standing: share(
        given.map(
          ({ evidence, turns }) => evidence.length > 0 && evidence.every((one) => standsIn(one, turns)),
        ),
      ),
    },
    calibration: calibration(given.map(({ confidence, got, want }) => ({ confidence, right: got === want }))),
  };
}

type Row = ReturnType<typeof answersOf>[number];

/** Every criterion of every call with label and answer. */
export function answersOf(results: readonly JudgedCall[]) {
  return results.flatMap(({ call, judgement, turns }) =>
    Object.entries(call.labels.criteria).map(([criterion, want]) => {
      const answer = judgement.answers.find((one) => one.criterion === criterion);
      return {
        id: call.id,
        vertical: call.vertical,
        criterion,
        want,
        got: answer?.value ?? 'unknown',
        confidence: answer?.confidence ?? 0,
        evidence: answer?.evidence ?? [],
        wanted: call.labels.evidence[criterion] ?? [],
        turns,
      };
    }),
  );
}

function criteriaOf(rows: readonly Row[]) {
  const given = rows.filter(({ got }) => got !== 'unknown');
  const labelled = rows.filter(({ want }) => want !== 'unknown');
  return {
    precision: share(given.map(({ got, want }) => got === want)),
    coverage: share(labelled.map(({ got }) => got !== 'unknown')),
    given: given.length,
    labelled: labelled.length,
  };
}

function grouped(rows: readonly Row[], key: (row: Row) => string) {
  return Object.fromEntries(
    [...new Set(rows.map(key))].sort().map((name) => {
      const own = rows.filter((row) => key(row) === name);
      const pairs = own.map(({ got, want }) => [got, want] as const);
      return [name, { ...criteriaOf(own), kappa: kappa(pairs), confusion: confusion(pairs) }];
    }),
  );
}

function field(results: readonly JudgedCall[], pair: (one: JudgedCall) => Pair) {
  const pairs = results.map((one): Pair => {
    const [got, want] = pair(one);
    return [one.failure === null ? got : 'unanswered', want];
  });
  return {
    accuracy: share(pairs.map(([got, want]) => got === want)),
    kappa: kappa(pairs),
    by_value: byName(pairs),
    confusion: confusion(pairs),
  };
}

function flagPairs(results: readonly JudgedCall[]) {
  const names = new Set<string>(
    results.flatMap(({ call, outcome }) => [...call.labels.flags, ...outcome.flags]),
  );
  return results.flatMap(({ call, judgement }) =>
    [...names].map((flag) => {
      const raised = judgement.flags.find((one) => one.flag === flag);
      const wanted = call.labels.evidence[flag] ?? [];
      return {
        flag,
        got: raised !== undefined,
        want: call.labels.flags.includes(flag),
        near:
          wanted.length === 0 ||
          (raised?.evidence ?? []).some(({ turn }) => wanted.some((other) => Math.abs(other - turn) <= 1)),
      };
    }),
  );
}

/** Of the turns quoted for right answers, whether each lies within `reach` of a labelled one. */
function cited(given: readonly Row[], reach: number): boolean[] {
  return given
    .filter(({ got, want, wanted }) => got === want && wanted.length > 0)
    .flatMap(({ evidence, wanted }) =>
      evidence.map(({ turn }) => wanted.some((other) => Math.abs(other - turn) <= reach)),
    );
}
