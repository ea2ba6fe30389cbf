import type { Database } from '../../db/database.ts';

/** Deadlock and serialisation failure: the transaction was taken back, and goes through when tried again. */
const passing = new Set(['40P01', '40001']);

/** Runs a transaction, again where another writer stood in its way; at most five times. */
export async function inTransaction<T>(db: Database, run: (tx: Database) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(run);
    } catch (error) {
      const code = String((error as { code?: unknown }).code ?? '');
      if (!passing.has(code) || attempt === 5) throw error;
    }
  }
}
