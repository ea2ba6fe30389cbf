import type { Database } from '../../src/db/database.ts';
import { listCalls } from '../../src/report/call-list.ts';
import { percentile, tenth, timed } from './percentile.ts';

export type MeasuredList = { id: string; p50_ms: number; p95_ms: number };

const lists = {
  'newest-calls': {},
  'calls-of-a-publisher': { publisher_name: 'Publisher 1' },
  'calls-of-a-buyer-billed-not-qualified': { buyer_name: 'Buyer 12', disagreement: 'billed_not_qualified' },
  'calls-that-disagree': { disagreement: 'any' },
  'calls-of-a-caller': { caller_id: '+12000000001' },
} as const;

/** The lists of calls at the foot of every drill-down: the first page. */
export async function measureLists(db: Database, rounds: number): Promise<MeasuredList[]> {
  const measured = [];
  for (const [id, filters] of Object.entries(lists)) {
    const ask = () => listCalls(db, { ...filters, limit: 50 });
    await ask();
    const times = [];
    for (let round = 0; round < rounds * 3; round++) times.push(await timed(ask));
    measured.push({ id, p50_ms: tenth(percentile(times, 0.5)), p95_ms: tenth(percentile(times, 0.95)) });
  }
  return measured;
}
