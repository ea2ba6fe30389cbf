import { notAProspectReasons } from '../domain/outcome.ts';
import type { BillingRule, Criterion, Scorecard } from '../domain/scorecard.ts';

/** What is wrong with a billing rule, by its id. */
export type PolicyFault = { rule: string; problem: string; fix: string };

/** Rules that name what is not there, or that can never decide a call. */
export function checkPolicy({ policy, criteria }: Pick<Scorecard, 'policy' | 'criteria'>): PolicyFault[] {
  const unconditional = policy.findIndex(({ when }) => Object.keys(when).length === 0);
  return [
    ...policy.flatMap((rule) => [
      ...checkAnswers(rule, criteria),
      ...checkReasons(rule, criteria),
      ...checkSeconds(rule),
    ]),
    ...(unconditional < 0 ? [] : policy.slice(unconditional + 1)).map(({ id }) => ({
      rule: id,
      problem: `rule ${id} is never reached: ${policy[unconditional]!.id} before it fits every call`,
      fix: `put it before ${policy[unconditional]!.id}, or remove it`,
    })),
  ];
}

function checkAnswers({ id, when }: BillingRule, criteria: readonly Criterion[]): PolicyFault[] {
  return Object.entries(when.answer ?? {}).flatMap(([name, wanted]) => {
    const criterion = criteria.find((one) => one.id === name);
    if (!criterion) {
      const fix = `use one of ${criteria.map((one) => one.id).join(', ')}`;
      return [{ rule: id, problem: `rule ${id} asks for criterion ${name}, which is none`, fix }];
    }
    if (!Array.isArray(wanted)) {
      if (criterion.kind === 'number') return [];
      const problem = `rule ${id} asks for bounds of ${name}, which is no number`;
      return [{ rule: id, problem, fix: 'name the values: [ … ]' }];
    }
    const known = { yes_no: ['yes', 'no'], choice: criterion.choices, number: null, date: null }[
      criterion.kind
    ];
    const odd = known === null ? undefined : wanted.find((one) => ![...known, 'unknown'].includes(one));
    if (known === null || odd === undefined) return [];
    const fix = `use ${[...known, 'unknown'].join(', ')}`;
    return [{ rule: id, problem: `rule ${id} asks for ${name} "${odd}", which is no answer to it`, fix }];
  });
}

function checkReasons({ id, when }: BillingRule, criteria: readonly Criterion[]): PolicyFault[] {
  const known = [...notAProspectReasons, ...criteria.filter(({ gate }) => gate).map((one) => one.id)];
  return (when.reason ?? [])
    .filter((reason) => !known.includes(reason))
    .map((reason) => ({
      rule: id,
      problem: `rule ${id} asks for the reason ${reason}, which never is one`,
      fix: `use one of ${known.join(', ')}`,
    }));
}

function checkSeconds({ id, when: { connectedAtLeast, connectedBelow } }: BillingRule): PolicyFault[] {
  if (connectedAtLeast === undefined || connectedBelow === undefined || connectedAtLeast < connectedBelow)
    return [];
  const problem = `rule ${id} fits no call: at least ${connectedAtLeast} and below ${connectedBelow} seconds`;
  return [{ rule: id, problem, fix: 'make connected_below greater than connected_at_least' }];
}
