/** A regular expression source for the whole numbers from `low` to `high`, both included, as written in digits. */
export function numberRange(low: number, high: number): string {
  if (!(Number.isInteger(low) && Number.isInteger(high) && low >= 0 && low <= high))
    throw new Error(`<${low}-${high}> is no range of whole numbers`);
  const parts: string[] = [];
  for (let from = low; from <= high; ) {
    const to = blockEnd(from, high);
    parts.push(block(String(from), String(to)));
    from = to + 1;
  }
  return `(?:${parts.join('|')})`;
}

/** The last number that shares `from`'s leading digits and differs only in free trailing ones. */
function blockEnd(from: number, high: number): number {
  let end = from;
  for (let size = 10; from % size === 0 || size === 10; size *= 10) {
    const candidate = from - (from % size) + size - 1;
    const lead = size / 10;
    if (from % lead !== 0 || candidate > high || String(candidate).length !== String(from).length) break;
    end = candidate;
    if (from % size !== 0) break;
  }
  if (end > from) return end;
  const lastDigit = from - (from % 10) + 9;
  return Math.min(high, lastDigit);
}

function block(from: string, to: string): string {
  return [...from].map((digit, i) => (digit === to[i] ? digit : `[${digit}-${to[i]}]`)).join('');
}
