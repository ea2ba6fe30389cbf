import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { EngineName } from '../domain/engine.ts';
import type { Tried } from './engines/ask-engines.ts';

/** How a transcript came about. */
export type Hearing = {
  /** Null where no engine was asked, since nothing is to be heard. */
  engine: EngineName | null;
  audioSeconds: number;
  /** Work of the engine, waiting for a provider's answer included. */
  engineSeconds: number | null;
  /** USD as decimal text; null where nothing is charged or nothing is known. */
  cost: string | null;
  /** For people: what is less good about this transcript. */
  warnings: string[];
  tried: Tried[];
};

/** Writes beside a call's transcript how it came about. */
export async function saveHearing(tx: Database, callId: string, hearing: Hearing): Promise<void> {
  const { engine, audioSeconds, engineSeconds, cost, warnings, tried } = hearing;
  await sql`
    update transcript set engine_name = ${engine}, audio_seconds = ${audioSeconds.toFixed(3)},
      engine_seconds = ${engineSeconds?.toFixed(3) ?? null}, cost = ${cost},
      warnings = ${JSON.stringify(warnings)}::jsonb, tried = ${JSON.stringify(tried)}::jsonb
    where call_id = ${callId}`.execute(tx);
}
