const noMoney =
  /^ (years?|months? (old|ago|behind)|weeks?|days?|hours?|minutes?|percent|am|pm|oclock|kids?|children|people|panels?|times|feet|miles?|pills?|kw|k w|kilowatt\w*|square|points?|employees|others?|and (up|over|older|under)|of (us|them|you)|or older|and older|th|st|nd|rd)(?= |$)/;
const noPrice =
  /^( (dollar|dollars|thousand))? (cents?(?! a day)|deductible|copay|policy|coverage|benefit|burial|limit|minimum|in debt|of debt|worth)(?= |$)/;
// "could he help you with it, like thirty dollars": what somebody can pay, or pays elsewhere
const elsewhere =
  / ((could|can) (you|he|she|they) (do|afford|help|swing|manage|handle)|(his|their|her) (bill|bills|payment|rate)s?)( \w+){0,5}$/;
const bound =
  / (least|minimum|over|under|above|below|deductible|copay|worth|owe|owed|age|since|about to be|settl\w+|save|saves|saving|stop|stops|start|starts|begins|ends|cutoff|cut off)( (is|of|a|about|for|around|at|you))*$/;

/** Whether the amounts of a quote cue's match in levelled text are a price, and not one that the caller named. */
export function isPrice(text: string, match: { at: number; length: number }, named: SaidAmounts): boolean {
  const amounts = [...text.slice(match.at, match.at + match.length).matchAll(/ (\d[\d.]*)(?= |$)/g)];
  return amounts.some((amount) => {
    const at = match.at + amount.index;
    const rest = text.slice(at + amount[0].length);
    const unit = / (dollars?|bucks|a month|monthly|per month|cents|even|flat|total|down)(?= |$)/.exec(
      rest,
    )?.index;
    // a small bare number is an hour, an age or a count
    if (Number(amount[1]) < 20 && !(unit !== undefined && unit <= 8)) return false;
    if (named.include(Number(amount[1])) || noMoney.test(rest) || noPrice.test(rest)) return false;
    const before = text.slice(0, at);
    return !bound.test(before) && !elsewhere.test(before);
  });
}

/** Amounts that the caller named: said again by the agent, or added up by him, they are no price. */
export class SaidAmounts {
  readonly #amounts: number[] = [];

  hear(text: string): void {
    for (const [number] of text.matchAll(/\d[\d.]*/g)) this.#amounts.push(Number(number));
  }

  include(amount: number): boolean {
    const said = this.#amounts;
    return said.some(
      (one, i) =>
        one === amount ||
        one === amount * 1000 ||
        said.some((other, j) => j < i && other >= 100 && one + other === amount),
    );
  }
}
