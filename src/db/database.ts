import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/** The store. SQL is written by hand with Kysely's `sql` tag, so no table types are declared. */
export type Database = Kysely<unknown>;

// counts fit a double; numeric stays text, so that money keeps every digit
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** A connection pool. Both bounds are sessions at the server and milliseconds to wait for one. */
export function connectPool(url: string, size = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'aria',
  });
  // an idle session that the server closes is replaced on the next use; without a listener it would end the process
  pool.on('error', () => undefined);
  return pool;
}

export function openDatabase(pool: pg.Pool): Database {
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}
