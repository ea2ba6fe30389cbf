/**
 * Every metric of docs/reports.md a second time, in DuckDB's SQL, written from the definitions in words: what reports
 * are recounted with and measured beside.
 *
 * It reads a relation of calls with the columns call_at, is_test, connection_id, publisher_name … (as in the contract),
 * reached, prospect, result, billable, score, flags (how many), is_scored, is_repeat.
 * @param calls the relation, or a query in parentheses
 * @param key what calls are grouped by; null: all together
 * @param period condition on call_at
 * @param filter further condition
 */
export function duckdbMetrics(question: {
  calls: string;
  key: string | null;
  period: string;
  filter?: string;
}): string {
  const { calls, key, period, filter = 'true' } = question;
  return `
with c as (
  select *,
    coalesce(connected_call_length > 0, false) as is_connected,
    coalesce(revenue > 0, false) as is_billed,
    coalesce(sale_count > 0, false) or coalesce(sale_amount > 0, false) as is_sold,
    is_scored and result = 'sale' as hears_sale,
    is_scored and result in ('sale', 'application') as hears_sale_or_application
  from ${calls} where not is_test and ${period}
), buyer_price as (
  select buyer_name as buyer,
    avg(revenue) filter (where is_billed) as price, avg(sale_amount) filter (where sale_amount > 0) as sale
  from c group by all
), d as (
  select c.*, ${key ?? 'null'} as key,
    is_billed and is_scored and billable = 'no' as bnq,
    not is_billed and is_scored and billable = 'yes' as qnb,
    hears_sale and not is_sold as shnr,
    is_sold and is_scored and not hears_sale_or_application as srnh,
    p.price, p.sale
  from c join buyer_price p on p.buyer is not distinct from c.buyer_name
  where ${filter}
)
select key,
  count(*) as calls,
  count(*) filter (where is_connected) as connected,
  count(*) - count(*) filter (where is_connected) as no_connect,
  100.0 * count(*) filter (where is_connected) / nullif(count(*), 0) as connect_rate,
  count(*) filter (where is_duplicate) as duplicates,
  count(*) filter (where is_repeat) as repeats,
  100.0 * count(*) filter (where is_repeat) / nullif(count(*), 0) as repeat_rate,
  avg(connected_call_length) filter (where is_connected) as average_connected_length,
  avg(time_to_connect) filter (where time_to_connect >= 0) as average_time_to_connect,
  count(*) filter (where converted) as converted,
  100.0 * count(*) filter (where converted and is_connected) / nullif(count(*) filter (where is_connected), 0)
    as conversion_rate,
  count(*) filter (where is_sold) as reported_sales,
  100.0 * count(*) filter (where is_sold) / nullif(count(*), 0) as reported_sale_rate,
  sum(sale_amount) as sale_amount,
  count(*) filter (where is_billed) as billed,
  count(*) filter (where is_scored) as scored,
  100.0 * count(*) filter (where is_scored and is_connected) / nullif(count(*) filter (where is_connected), 0) as coverage,
  count(*) filter (where is_scored and reached = 'conversation') as conversations,
  count(*) filter (where is_scored and prospect = 'qualified') as qualified,
  100.0 * count(*) filter (where is_scored and reached = 'conversation' and prospect = 'qualified')
    / nullif(count(*) filter (where is_scored and reached = 'conversation'), 0) as qualified_rate,
  count(*) filter (where is_scored and billable = 'yes') as billable,
  100.0 * count(*) filter (where is_scored and billable = 'yes') / nullif(count(*) filter (where is_scored), 0)
    as billable_rate,
  count(*) filter (where is_scored and billable = 'review') as to_review,
  count(*) filter (where hears_sale_or_application) as heard_sales,
  100.0 * count(*) filter (where hears_sale_or_application) / nullif(count(*) filter (where is_scored), 0)
    as heard_sale_rate,
  100.0 * count(*) filter (where is_scored and flags > 0) / nullif(count(*) filter (where is_scored), 0) as flag_rate,
  avg(score) filter (where is_scored) as average_score,
  stddev_pop(score) filter (where is_scored) as score_spread,
  sum(revenue) as revenue,
  sum(affiliate_payout) as payout,
  sum(cost) as cost,
  sum(revenue) - sum(affiliate_payout) as profit,
  100.0 * (sum(revenue) - sum(affiliate_payout)) / nullif(sum(revenue), 0) as margin,
  sum(affiliate_payout) / nullif(count(*), 0) as epc,
  sum(revenue) / nullif(count(*), 0) as rpc_incoming,
  sum(revenue) filter (where is_connected) / nullif(count(*) filter (where is_connected), 0) as rpc_connected,
  count(*) filter (where bnq or qnb or shnr or srnh) as disagreements,
  100.0 * count(*) filter (where bnq or qnb or shnr or srnh) / nullif(count(*) filter (where is_scored), 0)
    as disagreement_rate,
  count(*) filter (where bnq) as billed_not_qualified,
  ${atStake('sum(revenue) filter (where bnq)', 'bnq')} as billed_not_qualified_money,
  count(*) filter (where qnb) as qualified_not_billed,
  ${atStake('sum(price) filter (where qnb)', 'qnb')} as qualified_not_billed_money,
  count(*) filter (where shnr) as sale_heard_not_reported,
  ${atStake('sum(sale) filter (where shnr)', 'shnr')} as sale_heard_not_reported_money,
  count(*) filter (where srnh) as sale_reported_not_heard,
  ${atStake('sum(sale_amount) filter (where srnh)', 'srnh')} as sale_reported_not_heard_money
from d group by key order by calls desc, key`;
}

/** Once calls were scored, no disagreement costs nothing. */
function atStake(money: string, kind: string): string {
  return `case when count(*) filter (where ${kind}) = 0 and count(*) filter (where is_scored) > 0 then 0 else ${money} end`;
}
