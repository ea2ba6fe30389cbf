import type { AmountRule } from '../../domain/scorecard.ts';

export type Amount = { value: number; at: number; length: number };

const notAnAmount =
  / (years?|months?|weeks?|days?|hours?|minutes?|percent|am|pm|oclock|kids?|children|people|cards?|accounts?|panels?|times|bedrooms?|feet|dogs?|cats?|miles?|pills?|stents?)(?= |$)/;

/**
 * Amounts in levelled text that a rule finds plausible, in order. Money said in thousands without the word
 * ("sixteen five", "eighteen nine", "about twenty") is read up to the rule's scale; ages and scores are taken
 * as said. Numbers with a unit of their own are passed over.
 */
export function amountsIn(text: string, rule: AmountRule): Amount[] {
  const found: Amount[] = [];
  const pattern = / (\d+(?:\.\d+)?)(?: (\d)(?= |$))?(?= |$)/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    let value = Number(match[1]);
    let length = ` ${match[1]}`.length;
    const rest = text.slice(match.index + length);
    if (
      rule.unit === 'money' &&
      match[2] !== undefined &&
      value >= 10 &&
      value < 100 &&
      (rule.atLeast ?? 0) >= 1000
    ) {
      value = value * 1000 + Number(match[2]) * 100;
      length = match[0].length;
    } else if (
      rule.unit !== 'age' &&
      notAnAmount.test(rest.slice(0, 12)) &&
      notAnAmount.exec(rest)!.index === 0
    ) {
      if (rule.unit === 'money') continue;
    } else if (
      rule.unit === 'age' &&
      / (months?|weeks?|days?|percent|dollars|thousand|a month|pm|am|kids?|grand*)(?= |$)/.exec(rest)
        ?.index === 0
    )
      continue;
    if (
      rule.unit === 'money' &&
      value < rule.plausible[0] &&
      (rule.atLeast ?? 0) >= 1000 &&
      value >= 2 &&
      value < 100
    )
      value *= 1000;
    if (value < rule.plausible[0] || value > rule.plausible[1]) continue;
    // "i can't do thirty eight": a price that was offered
    if (
      / (cant|cannot|couldnt|wont|not) (do|pay|afford|swing|go|spare|manage)$/.test(
        text.slice(0, match.index),
      )
    )
      continue;
    found.push({ value, at: match.index, length });
  }
  return found;
}

/** What the amounts of one reply say about the rule; null when they say nothing or both. */
export function judgeAmounts(
  amounts: readonly Amount[],
  rule: AmountRule,
): { holds: boolean; amount: Amount } | null {
  if (amounts.length === 0) return null;
  const holds = (value: number) =>
    (rule.atLeast === null || value >= rule.atLeast) && (rule.atMost === null || value <= rule.atMost);
  if (rule.sum) {
    const total = amounts.reduce((sum, { value }) => sum + value, 0);
    const largest = Math.max(...amounts.map(({ value }) => value));
    return { holds: holds(largest) || holds(total), amount: amounts[0]! };
  }
  const verdicts = new Set(amounts.map(({ value }) => holds(value)));
  return verdicts.size === 1 ? { holds: holds(amounts[0]!.value), amount: amounts[0]! } : null;
}
