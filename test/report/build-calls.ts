import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import type { CallFields } from '../../src/domain/call-fields.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { newId } from '../../src/lib/ids.ts';

export type BuiltCall = CallFields & {
  id: string;
  connection_id: string;
  call_instance_id: string;
  first_event_at: string;
  is_test: boolean;
  outcome: Outcome | null;
};

/** A connection with these settings; the rest as at creation. */
export async function buildConnection(
  db: Database,
  settings: { name?: string; timeZone?: string; currency?: string } = {},
): Promise<string> {
  const id = newId('con');
  const { name = id, timeZone = 'America/New_York', currency = 'USD' } = settings;
  await sql`
    insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values (${id}, ${name}, 'ringba', ${timeZone}, ${currency}, 'US', 'caller-agent')`.execute(db);
  return id;
}

/** A call as ingestion leaves it, with its evaluation if it has an outcome. */
export async function buildCall(
  db: Database,
  connectionId: string,
  given: Partial<BuiltCall> = {},
): Promise<BuiltCall> {
  const id = newId('call');
  const call: BuiltCall = {
    id,
    connection_id: connectionId,
    call_instance_id: `instance-${id}`,
    first_event_at: '2025-07-07T18:00:00Z',
    is_test: false,
    outcome: null,
    ...given,
  };
  const { outcome, ...columns } = call;
  const row = { merged_rank: 2, merged_arrival: 1, last_event_at: call.first_event_at, ...columns };
  await insert(db, 'call', row);
  if (outcome) await buildEvaluation(db, call.id, outcome);
  return call;
}

/** Stores an evaluation and makes it the call's current one, as the score stage does. */
export async function buildEvaluation(
  db: Database,
  callId: string,
  outcome: Outcome,
  answers: unknown[] = [],
) {
  const id = newId('eval');
  await insert(db, 'evaluation', {
    id,
    call_id: callId,
    scorecard: 'home-services',
    scorecard_version: '3',
    judge: 'local-rules',
    answers: JSON.stringify(answers),
    outcome: JSON.stringify(outcome),
  });
  await sql`
    update call set evaluation_id = ${id}, reached = ${outcome.reached}, prospect = ${outcome.prospect},
      reason = ${outcome.reason}, result = ${outcome.result}, billable = ${outcome.billable},
      billable_reason = ${outcome.billableReason}, score = ${outcome.score}, flags = ${outcome.flags}::text[],
      explanation = ${outcome.explanation}, scored_at = now()
    where id = ${callId}`.execute(db);
}

/** An accepted event of a call. */
export async function buildEvent(db: Database, call: BuiltCall, given: Record<string, unknown> = {}) {
  const id = newId('evt');
  await insert(db, 'event', {
    id,
    connection_id: call.connection_id,
    call_instance_id: call.call_instance_id,
    fingerprint: Buffer.from(id),
    arrival: Date.parse(call.first_event_at) * 1000,
    received_at: call.first_event_at,
    status: 'accepted',
    kind: 'completed',
    method: 'POST',
    body: Buffer.from('{}'),
    ...given,
  });
  return id;
}

/** A redacted transcript and the recording that it belongs to. */
export async function buildTranscript(db: Database, callId: string, turns: unknown[]) {
  const hash = `hash-${callId}`;
  await insert(db, 'recording', {
    hash,
    bytes: 1234,
    content_type: 'audio/mpeg',
    codec: 'mp3',
    channels: 2,
    sample_rate: 8000,
    seconds: '61.5',
    peaks: JSON.stringify([
      [0, 255],
      [3, 7],
    ]),
  });
  await insert(db, 'call_recording', { call_id: callId, hash, url: 'https://example.com/a.mp3' });
  await sql`
    insert into transcript (call_id, hash, language, engine, simulated, turns)
    values (${callId}, ${hash}, 'en', 'local:test', true, ${JSON.stringify(turns)}::jsonb)`.execute(db);
}

/** One row of any table. Columns left out take their defaults. */
export async function insert(db: Database, table: string, row: Record<string, unknown>) {
  const columns = Object.keys(row);
  await sql`
    insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
    values (${sql.join(Object.values(row))})`.execute(db);
}

export const qualified: Outcome = {
  reached: 'conversation',
  prospect: 'qualified',
  reason: null,
  result: 'quote',
  billable: 'yes',
  billableReason: 'all_gates_met',
  score: 80,
  flags: [],
  explanation: 'All gates are met.',
};

export const unqualified: Outcome = {
  ...qualified,
  prospect: 'unqualified',
  reason: 'homeowner',
  result: 'none',
  billable: 'no',
  billableReason: 'gate_failed',
  score: 20,
  explanation: 'The caller is no homeowner.',
};
