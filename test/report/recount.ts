import type { BuiltCall } from './build-calls.ts';

/**
 * Every metric again, in plain TypeScript over plain objects: written from the definitions in words, not from
 * the SQL. Money is in whole cents.
 * @param basis the calls from which worth is estimated
 * @param all those among which a call may repeat another
 */
export function recount(
  calls: BuiltCall[],
  basis: BuiltCall[],
  all: BuiltCall[] = basis,
): Record<string, number | null> {
  const scored = calls.filter((c) => c.outcome);
  const connected = calls.filter(isConnected);
  const conversations = scored.filter((c) => c.outcome?.reached === 'conversation');
  const { billedNotQualified, qualifiedNotBilled, heardNotReported, reportedNotHeard } =
    disagreeingOf(scored);
  const disagreeing = new Set([
    ...billedNotQualified,
    ...qualifiedNotBilled,
    ...heardNotReported,
    ...reportedNotHeard,
  ]);

  const revenue = total(calls, 'revenue');
  const payout = total(calls, 'affiliate_payout');
  const profit = revenue === null || payout === null ? null : revenue - payout;
  const scores = scored.flatMap((c) => c.outcome?.score ?? []);
  const repeats = calls.filter((c) => isRepeat(c, all));
  const waits = calls.flatMap((c) => (c.time_to_connect === undefined ? [] : Number(c.time_to_connect)));
  const qualifiedTalks = conversations.filter((c) => c.outcome?.prospect === 'qualified');
  const seconds = connected.map((c) => Number(c.connected_call_length));

  // once calls were scored, no disagreement is a fact that costs nothing
  const atStake = (disagreeing: unknown[], money: number | null) =>
    disagreeing.length === 0 && scored.length > 0 ? 0 : money;
  return {
    calls: calls.length,
    connected: connected.length,
    no_connect: calls.length - connected.length,
    connect_rate: percent(connected.length, calls.length),
    duplicates: calls.filter((c) => c.is_duplicate).length,
    repeats: repeats.length,
    repeat_rate: percent(repeats.length, calls.length),
    average_time_to_connect: mean(waits),
    reported_sale_rate: percent(calls.filter(isReported).length, calls.length),
    billable_rate: percent(scored.filter((c) => c.outcome?.billable === 'yes').length, scored.length),
    heard_sale_rate: percent(scored.filter(isHeard).length, scored.length),
    score_spread: spread(scores),
    reviewed: 0,
    override_rate: null,
    agreement: null,
    epc: payout === null ? null : divide(payout, calls.length),
    average_connected_length: mean(seconds),
    converted: calls.filter((c) => c.converted).length,
    conversion_rate: percent(connected.filter((c) => c.converted).length, connected.length),
    reported_sales: calls.filter(isReported).length,
    sale_amount: total(calls, 'sale_amount'),
    billed: calls.filter(isBilled).length,
    scored: scored.length,
    coverage: percent(connected.filter((c) => c.outcome).length, connected.length),
    conversations: conversations.length,
    qualified: scored.filter((c) => c.outcome?.prospect === 'qualified').length,
    qualified_rate: percent(qualifiedTalks.length, conversations.length),
    billable: scored.filter((c) => c.outcome?.billable === 'yes').length,
    to_review: scored.filter((c) => c.outcome?.billable === 'review').length,
    heard_sales: scored.filter(isHeard).length,
    flag_rate: percent(scored.filter((c) => c.outcome?.flags.length).length, scored.length),
    average_score: mean(scores),
    revenue,
    payout,
    cost: total(calls, 'cost'),
    profit,
    margin: profit === null || !revenue ? null : (100 * profit) / revenue,
    rpc_incoming: revenue === null ? null : divide(revenue, calls.length),
    rpc_connected: divide(total(connected, 'revenue'), connected.length),
    disagreements: disagreeing.size,
    disagreement_rate: percent(disagreeing.size, scored.length),
    billed_not_qualified: billedNotQualified.length,
    billed_not_qualified_money: atStake(billedNotQualified, total(billedNotQualified, 'revenue')),
    qualified_not_billed: qualifiedNotBilled.length,
    qualified_not_billed_money: atStake(qualifiedNotBilled, estimate(qualifiedNotBilled, basis, 'revenue')),
    sale_heard_not_reported: heardNotReported.length,
    sale_heard_not_reported_money: atStake(
      heardNotReported,
      estimate(heardNotReported, basis, 'sale_amount'),
    ),
    sale_reported_not_heard: reportedNotHeard.length,
    sale_reported_not_heard_money: atStake(reportedNotHeard, total(reportedNotHeard, 'sale_amount')),
  };
}

const isSale = (c: BuiltCall) => c.outcome?.result === 'sale';
const isHeard = (c: BuiltCall) => isSale(c) || c.outcome?.result === 'application';
const isReported = (c: BuiltCall) => Number(c.sale_count ?? 0) > 0 || cents(c.sale_amount) > 0;
const isBilled = (c: BuiltCall) => cents(c.revenue) > 0;

function disagreeingOf(calls: BuiltCall[]) {
  const scored = calls.filter((c) => c.outcome);
  return {
    billedNotQualified: scored.filter((c) => isBilled(c) && c.outcome?.billable === 'no'),
    qualifiedNotBilled: scored.filter((c) => !isBilled(c) && c.outcome?.billable === 'yes'),
    heardNotReported: scored.filter((c) => isSale(c) && !isReported(c)),
    reportedNotHeard: scored.filter((c) => isReported(c) && !isHeard(c)),
  };
}

/** Of how many calls of each disagreement the money is known. @param basis as in {@link recount} */
export function recountKnown(calls: BuiltCall[], basis: BuiltCall[]) {
  const kinds = disagreeingOf(calls);
  const has = (field: MoneyField) => (c: BuiltCall) =>
    basis.some((other) => (other.buyer_name ?? null) === (c.buyer_name ?? null) && cents(other[field]) > 0);
  const known = (of: BuiltCall[], isKnown: (c: BuiltCall) => boolean) => ({
    n: of.filter(isKnown).length,
    of: of.length,
  });
  return {
    billed_not_qualified_money: known(kinds.billedNotQualified, () => true),
    qualified_not_billed_money: known(kinds.qualifiedNotBilled, has('revenue')),
    sale_heard_not_reported_money: known(kinds.heardNotReported, has('sale_amount')),
    sale_reported_not_heard_money: known(kinds.reportedNotHeard, (c) => c.sale_amount !== undefined),
  };
}

const timeOf = (call: BuiltCall) => Date.parse(call.call_date ?? call.first_event_at);

const known = new WeakMap<BuiltCall, boolean>();

/** The same caller called the same campaign and buyer at most 30 days before. Asked often, so it is remembered. */
function isRepeat(call: BuiltCall, basis: BuiltCall[]): boolean {
  const before = known.get(call) ?? findRepeat(call, basis);
  known.set(call, before);
  return before;
}

function findRepeat(call: BuiltCall, basis: BuiltCall[]): boolean {
  if (call.caller_id === undefined) return false;
  return basis.some((other) => {
    const before = timeOf(call) - timeOf(other);
    const same = (['caller_id', 'campaign_name', 'buyer_name'] as const).every(
      (name) => other[name] === call[name],
    );
    return same && before > 0 && before <= 30 * 86_400_000;
  });
}

function spread(numbers: number[]): number | null {
  const middle = mean(numbers);
  return middle === null ? null : Math.sqrt(mean(numbers.map((x) => (x - middle) ** 2)) ?? 0);
}

type MoneyField = 'revenue' | 'affiliate_payout' | 'cost' | 'sale_amount';

function isConnected(call: BuiltCall): boolean {
  return Number(call.connected_call_length ?? 0) > 0;
}

function cents(text: string | undefined): number {
  return Math.round(Number(text ?? 0) * 100);
}

function total(calls: BuiltCall[], field: MoneyField): number | null {
  const known = calls.filter((call) => call[field] !== undefined);
  return known.length === 0 ? null : known.reduce((sum, call) => sum + cents(call[field]), 0);
}

/** The buyer's average over the amounts above 0 in `basis`, for each call of a buyer who has any. */
function estimate(calls: BuiltCall[], basis: BuiltCall[], field: 'revenue' | 'sale_amount'): number | null {
  const amounts = calls.flatMap((call) => {
    const same = basis.filter((other) => other.buyer_name === call.buyer_name && cents(other[field]) > 0);
    return mean(same.map((other) => cents(other[field]))) ?? [];
  });
  return amounts.length === 0 ? null : amounts.reduce((a, b) => a + b);
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

function divide(sum: number | null, by: number): number | null {
  return sum === null || by === 0 ? null : sum / by;
}

function mean(numbers: number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b) / numbers.length;
}
