import { sql } from 'kysely';
import type { MetricBody } from '../contract/reports.ts';
import type { AgreementBody } from '../contract/reviews.ts';
import type { Database } from '../db/database.ts';
import { definitionsOf } from './definitions.ts';

type Row = Pick<AgreementBody, 'scorecard' | 'version' | 'judge' | 'field' | 'subject'> & {
  pairs: { judged: string; said: string; calls: number }[];
};

/**
 * How often judges say what reviewers say. Each standing review is held against the newest evaluation of its call by
 * each scorecard version and judge, past and rescored ones too, so that versions can be compared on the same calls.
 */
export async function getAgreement(
  db: Database,
  { scorecard = '' }: { scorecard?: string | undefined },
): Promise<{ calls: number; metrics: MetricBody[]; items: AgreementBody[] }> {
  const { rows } = await sql<Row>`
    with e as (
      select distinct on (call_id, scorecard, scorecard_version, judge) *
      from evaluation
      where call_id in (select call_id from review where undone_at is null)
        and (${scorecard} = '' or scorecard = ${scorecard})
      order by call_id, scorecard, scorecard_version, judge, created_at desc
    ), pair as (
      select e.scorecard, e.scorecard_version as version, e.judge, r.field, r.subject, r.value as said,
        case r.field
          when 'answer' then (
            select a ->> 'value' from jsonb_array_elements(e.answers) a where a ->> 'criterion' = r.subject)
          when 'flag' then case when e.outcome -> 'flags' ? r.subject then 'yes' else 'no' end
          else e.outcome ->> r.field
        end as judged
      from e join review r on r.call_id = e.call_id and r.undone_at is null
    ), counted as (
      select scorecard, version, judge, field, subject, judged, said, count(*) as calls
      from pair where judged is not null group by scorecard, version, judge, field, subject, judged, said
    )
    select scorecard, version, judge, field, subject,
      json_agg(json_build_object('judged', judged, 'said', said, 'calls', calls)) as pairs
    from counted group by scorecard, version, judge, field, subject
    order by scorecard, version, judge, field, subject`.execute(db);
  const { rows: reviewed } = await sql<{ calls: number }>`
    select count(distinct call_id) as calls from review where undone_at is null`.execute(db);
  return {
    calls: reviewed[0]!.calls,
    metrics: definitionsOf('reviewed_calls', 'given_answers', 'right_share', 'kappa'),
    items: rows.map(toAgreement),
  };
}

function toAgreement({ pairs, ...row }: Row): AgreementBody {
  const count = (among: Row['pairs']) => among.reduce((sum, { calls }) => sum + calls, 0);
  const reviewed = count(pairs);
  const agreed = count(pairs.filter(({ judged, said }) => judged === said));
  const given = pairs.filter(({ judged }) => judged !== 'unknown');
  const right = count(given.filter(({ judged, said }) => judged === said));
  return {
    ...row,
    reviewed,
    given: count(given),
    right,
    agreed,
    precision: given.length === 0 ? null : round(right / count(given)),
    kappa: kappa(pairs, reviewed, agreed),
  };
}

/** Agreement beyond chance: Cohen, A coefficient of agreement for nominal scales, 1960. */
function kappa(pairs: Row['pairs'], reviewed: number, agreed: number): number | null {
  const values = new Set(pairs.flatMap(({ judged, said }) => [judged, said]));
  let chance = 0;
  for (const value of values) {
    const byJudge = pairs.filter(({ judged }) => judged === value).reduce((sum, { calls }) => sum + calls, 0);
    const byPerson = pairs.filter(({ said }) => said === value).reduce((sum, { calls }) => sum + calls, 0);
    chance += (byJudge / reviewed) * (byPerson / reviewed);
  }
  return chance >= 1 ? null : round((agreed / reviewed - chance) / (1 - chance));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
