import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { Failure } from '../../domain/failure.ts';
import type { AnswerRecord } from './model-judge.ts';
import type { TokenUse } from './model-server.ts';

/** US dollars for a million tokens. */
export type ModelPrices = { input: number; output: number };

/** US dollars that an answer took; null without prices. */
export function answerCost(used: TokenUse, prices: ModelPrices | null): number | null {
  return prices && (used.input * prices.input + used.output * prices.output) / 1_000_000;
}

/** US dollars that models have taken for a call in all, as decimal text; null where nothing is known of any. */
export async function modelCost(db: Database, callId: string): Promise<string | null> {
  const { rows } = await sql<{ cost: string | null }>`
    select sum(cost_usd)::text as cost from model_answer where call_id = ${callId}`.execute(db);
  return rows[0]?.cost ?? null;
}

/**
 * Keeps answers and what they took in the database. The day's money counts by UTC days over all processes; calls that
 * are being judged as it runs out are still finished, so it may be exceeded by a few requests.
 */
export function answerRecord(deps: {
  db: Database;
  model: string;
  prices: ModelPrices | null;
  /** US dollars a day; null: no end. */
  dailyUsd: number | null;
  now?: () => Date;
}): AnswerRecord {
  const { db, model, prices, dailyUsd, now = () => new Date() } = deps;
  return {
    async find(key) {
      const { rows } = await sql<{ answer: unknown }>`
        select answer from model_answer where key = ${key} limit 1`.execute(db);
      return rows[0]?.answer;
    },
    async checkBudget() {
      if (dailyUsd === null) return;
      const today = new Date(now().toISOString().slice(0, 10));
      const { rows } = await sql<{ spent: string }>`
        select coalesce(sum(cost_usd), 0) as spent from model_answer where asked_at >= ${today}`.execute(db);
      if (Number(rows[0]!.spent) < dailyUsd) return;
      const tomorrow = new Date(today.getTime() + 86_400_000);
      const detail = `${dailyUsd} US dollars were spent since midnight UTC.`;
      throw new Failure('score.budget-spent', { at: tomorrow }, detail);
    },
    async keep({ key, callId, answer, used }) {
      await sql`
        insert into model_answer (key, call_id, model, answer, input_tokens, output_tokens, cost_usd, asked_at)
        values (${key}, ${callId}, ${model}, ${JSON.stringify(answer)}::jsonb, ${used.input}, ${used.output},
          ${answerCost(used, prices)}, ${now()})
        on conflict (call_id, key) do nothing`.execute(db);
    },
  };
}
