import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { callFields } from '../domain/call-fields.ts';
import type { ReviewField } from '../domain/review.ts';
import type { Turn } from '../domain/transcript.ts';

/** A reviewed call in the format of labelled calls that `npm run eval` reads (docs/scorecards.md). */
export type LabelledCall = {
  id: string;
  vertical: string;
  channels: 'stereo' | 'mono';
  payload: Record<string, string>;
  turns: { speaker: string; start: number; end: number; text: string }[];
  labels: {
    reached: string;
    prospect: string;
    reason: string | null;
    result: string;
    criteria: Record<string, string>;
    flags: string[];
    evidence: Record<string, number[]>;
    sensitive: never[];
  };
  /** Which labels a person set or confirmed; the others are as the judge and policy left them. */
  reviewed: string[];
};

type SaidReview = { field: ReviewField; subject: string; value: string; turns: number[] };
type Row = {
  id: string;
  scorecard: string;
  channels: number | null;
  call_date: string | null;
  turns: Turn[];
  reached: string;
  prospect: string;
  reason: string | null;
  result: string;
  flags: string[];
  reviews: SaidReview[];
} & Record<string, unknown>;

const pageCalls = 100;
const plainFields = callFields.filter((field) => field !== 'call_date' && field !== 'recording');

/**
 * Calls with a standing review, as labels. Only criteria that a person set or confirmed are labelled: measuring a
 * judge by its own answers would flatter it.
 */
export async function* listLabelledCalls(
  db: Database,
  { scorecard = '' }: { scorecard?: string | undefined },
): AsyncGenerator<LabelledCall> {
  let after = '';
  for (;;) {
    const { rows } = await sql<Row>`
      select c.id, e.scorecard, t.turns, c.reached, c.prospect, c.reason, c.result, c.flags,
        to_char(c.call_date at time zone n.time_zone, 'MM/DD/YYYY HH12:MI:SS AM') as call_date,
        (select r.channels from call_recording cr join recording r on r.hash = cr.hash where cr.call_id = c.id) as channels,
        ${sql.join(plainFields.map((field) => sql`c.${sql.ref(field)}::text as ${sql.ref(`said_${field}`)}`))},
        (select json_agg(json_build_object('field', v.field, 'subject', v.subject, 'value', v.value, 'turns',
            (select coalesce(json_agg(q -> 'turn'), '[]') from jsonb_array_elements(v.evidence) q)))
          from review v where v.call_id = c.id and v.undone_at is null) as reviews
      from call c
      join connection n on n.id = c.connection_id
      join evaluation e on e.id = c.evaluation_id
      join transcript t on t.call_id = c.id
      where c.id > ${after} and c.id in (select call_id from review where undone_at is null)
        and (${scorecard} = '' or e.scorecard = ${scorecard})
      order by c.id limit ${pageCalls}`.execute(db);
    for (const row of rows) yield toLabelled(row);
    if (rows.length < pageCalls) return;
    after = rows.at(-1)!.id;
  }
}

function toLabelled(row: Row): LabelledCall {
  const answers = row.reviews.filter(({ field }) => field === 'answer');
  const shown = row.reviews.filter(({ turns }) => turns.length > 0);
  const isStereo = row.channels !== null && row.channels > 1;
  return {
    id: row.id,
    vertical: row.scorecard,
    channels: isStereo ? 'stereo' : 'mono',
    payload: Object.fromEntries([
      ...(row.call_date === null ? [] : [['call_date', row.call_date]]),
      ...plainFields.flatMap((field) => {
        const value = row[`said_${field}`];
        return value === null ? [] : [[field, String(value)]];
      }),
    ]),
    // the format knows no unknown speaker; those of mono calls are hidden from a judge anyway
    turns: row.turns.map(({ speaker, start, end, text }) => ({
      speaker: speaker === 'unknown' ? 'caller' : speaker,
      start,
      end,
      text,
    })),
    labels: {
      reached: row.reached,
      prospect: row.prospect,
      reason: row.reason,
      result: row.result,
      criteria: Object.fromEntries(answers.map(({ subject, value }) => [subject, value])),
      flags: row.flags,
      evidence: Object.fromEntries(shown.map(({ field, subject, turns }) => [subject || field, turns])),
      sensitive: [],
    },
    reviewed: row.reviews.map(({ field, subject }) => subject || field).sort(),
  };
}
