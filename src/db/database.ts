import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** The store. SQL is written by hand with Kysely's `sql` tag, so no table types are declared. */
export type Database = Kysely<unknown>;

// counts fit a double; numeric stays text, so that money keeps every digit
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * A connection pool.
 * @param size sessions at the server
 * @param statementMs longest time of a statement; the server ends it then, or, where the server itself does not
 *   answer, we do a little later. Default: no limit, since migrations and reports may take their time
 * @param settings how the server is to plan for these sessions
 */
export function connectPool(
  url: string,
  size = 10,
  statementMs?: number,
  settings: readonly string[] = [],
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'aria',
    // compiling a report's hundred sums takes a second, where reading its rows takes a twentieth of one
    onConnect: async (client) =>
      void (await client.query(['jit = off', ...settings].map((it) => `set ${it}`).join('; '))),
    ...(statementMs && { statement_timeout: statementMs, query_timeout: statementMs + 2_000 }),
  });
  // a session that the server closes is replaced on the next use; without a listener, idle or lent, it would end
  // the process: the pool listens to idle ones only
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * A pool for storing events. PostgreSQL planned their statement anew for each small batch, which took as long as to run
 * it; the one plan it keeps instead is made while tables are small, when a scan of all would look cheap.
 */
export function connectIngestPool(url: string, size: number, statementMs?: number): pg.Pool {
  return connectPool(url, size, statementMs, [
    'plan_cache_mode = force_generic_plan',
    'enable_seqscan = off',
  ]);
}

export function openDatabase(pool: pg.Pool): Database {
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}
