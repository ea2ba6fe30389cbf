import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

/** Outcomes of three calls in five, as the score stage would write them. */
export async function judgeByRule(db: Database): Promise<void> {
  await sql`
    with found as (
      select c.id, 'eval_' || c.id as evaluation, abs(hashtext(c.call_instance_id)) as h from call c
      where abs(hashtext(c.call_instance_id)) % 5 < 3
    ), outcome as (
      select id, evaluation, jsonb_build_object(
        'reached', case when h % 7 = 0 then 'voicemail' else 'conversation' end,
        'prospect', (array['qualified', 'unqualified', 'not_a_prospect', 'unknown'])[1 + h % 4],
        'reason', case when h % 4 = 1 then 'homeowner' end,
        'result', (array['none', 'information', 'quote', 'callback', 'appointment', 'application', 'sale'])[1 + h % 7],
        'billable', (array['yes', 'no', 'review'])[1 + h % 3],
        'billableReason', 'rule', 'score', case when h % 11 > 0 then h % 101 end,
        'flags', case when h % 13 = 0 then '["dnc_request"]'::jsonb else '[]'::jsonb end, 'explanation', 'As made.') as o
      from found
    ), saved as (
      insert into evaluation (id, call_id, scorecard, scorecard_version, judge, answers, outcome)
      select evaluation, id, 'home-services', '3', 'local-rules', '[]', o from outcome
    )
    update call c set evaluation_id = evaluation, reached = o ->> 'reached', prospect = o ->> 'prospect',
      reason = o ->> 'reason', result = o ->> 'result', billable = o ->> 'billable', billable_reason = 'rule',
      score = (o ->> 'score')::numeric, explanation = 'As made.', scored_at = now(),
      flags = array(select jsonb_array_elements_text(o -> 'flags'))
    from outcome where outcome.id = c.id`.execute(db);
}
