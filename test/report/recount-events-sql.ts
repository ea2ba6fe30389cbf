/**
 * What the events of calls say together, by DuckDB from their raw bodies: written from docs/webhook.md and
 * docs/concepts.md, not from the code. The last statement makes the relation `calls` that `duckdbMetrics` reads.
 * @param files NDJSON: events as exported, newest first; outcomes with the call that they are of
 */
export function callsSql(files: { events: string; outcomes: string }): string[] {
  const texts = [
    'publisher_name',
    'buyer_name',
    'campaign_name',
    'vertical',
    'inbound_number_state',
    'caller_id',
  ];
  const numbers = ['connected_call_length', 'time_to_connect', 'sale_count'];
  const amounts = ['revenue', 'affiliate_payout', 'cost', 'sale_amount'];
  const said = (name: string) => `nullif(trim(json_extract_string(body, '$.${name}')), '')`;
  const merged = (name: string, value: string) =>
    `arg_max(${value}, (place, n)) filter (where ${value} is not null) as ${name}`;
  return [
    `create table event as
     select *, row_number() over () * -1 as n,
       -- what a platform says before a call ends gives way to what it says afterwards
       case when kind in ('incoming', 'connected') then 0 else 1 end as place
     from read_ndjson('${files.events}', columns = {call_instance_id: 'varchar', status: 'varchar', kind: 'varchar',
       is_test: 'boolean', body: 'json'}, maximum_object_size = 10000000)
     where status = 'accepted'`,
    `create table outcome as select * from read_ndjson('${files.outcomes}', columns = {call: 'varchar', outcome: 'json'})`,
    `create table merged as
     select call_instance_id, bool_and(is_test) as is_test,
       ${texts.map((name) => merged(name, said(name))).join(',\n       ')},
       ${numbers.map((name) => merged(name, `try_cast(${said(name)} as double)`)).join(',\n       ')},
       ${amounts.map((name) => merged(name, `try_cast(replace(replace(${said(name)}, '$', ''), ',', '') as decimal(12, 2))`)).join(',\n       ')},
       ${merged('converted', `try_cast(${said('converted')} as boolean)`)},
       ${merged('is_duplicate', `try_cast(${said('is_duplicate')} as boolean)`)},
       ${merged('call_at', `try_cast(${said('call_date')} as timestamptz)`)}
     from (select * replace (case when json_type(body) = 'VARCHAR' then json_extract_string(body, '$')::json else body end as body) from event)
     group by call_instance_id`,
    `create table calls as
     select m.*, o.call is not null as is_scored, json_extract_string(outcome, '$.reached') as reached,
       json_extract_string(outcome, '$.prospect') as prospect, json_extract_string(outcome, '$.result') as result,
       json_extract_string(outcome, '$.billable') as billable,
       try_cast(json_extract_string(outcome, '$.score') as double) as score,
       coalesce(json_array_length(outcome, '$.flags'), 0) as flags,
       caller_id is not null and count(*) over (
         partition by caller_id, campaign_name, buyer_name order by call_at
         range between interval 30 days preceding and interval 1 microsecond preceding) > 0 as is_repeat
     from merged m left join outcome o on o.call = m.call_instance_id`,
  ];
}
