import pg from 'pg';
import type { Tally } from './tally.ts';

/** How the store compares with what the senders were told. All but `acknowledged` must be empty. */
export type Verdict = {
  acknowledged: number;
  /** Acknowledged, but not in the store. */
  lost: string[];
  /** In the store more than once. */
  doubled: string[];
  /** In the store, but never sent. */
  invented: string[];
  /** Calls whose count, state or merged values differ from their events. */
  wrongCalls: string[];
};

/** Compares one load with the store, past Aria: by SQL. */
export async function verify(databaseUrl: string, prefix: string, tally: Tally): Promise<Verdict> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const events = await client.query<{ mark: string; times: number }>(
      `select extra ->> 'mark' as mark, count(*)::int as times from event
       where starts_with(extra ->> 'mark', $1) group by 1`,
      [`${prefix}-`],
    );
    const calls = await client.query<{ call_instance_id: string }>(
      `select c.call_instance_id from call c
       join event e on e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
       where starts_with(c.call_instance_id, $1)
       group by c.id
       having c.stale or c.event_count <> count(*) or c.duration is null
         or not bool_and((e.extra - 'mark') <@ c.extra)`,
      [`${prefix}-`],
    );
    const stored = new Map(events.rows.map((row) => [row.mark, row.times]));
    return {
      acknowledged: tally.acknowledged.size,
      lost: [...tally.acknowledged].filter((mark) => !stored.has(mark)),
      doubled: [...stored].filter(([, times]) => times > 1).map(([mark]) => mark),
      invented: [...stored.keys()].filter((mark) => !tally.sent.has(mark)),
      wrongCalls: calls.rows.map((row) => row.call_instance_id),
    };
  } finally {
    await client.end();
  }
}
