import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type pg from 'pg';

export type Duckdb = {
  /** Runs a query and reads all of its rows. */
  run: (query: string) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
};

const columns = `call_at, is_test, connection_id, publisher_name, buyer_name, campaign_name, target_name, vertical,
  inbound_number_state, caller_id, connected_call_length, time_to_connect, converted, is_duplicate, is_repeat, revenue,
  affiliate_payout, cost, sale_amount, sale_count, reached, prospect, reason, result, billable, score,
  cardinality(flags) as flags, scored_at is not null as is_scored`;

/**
 * The calls as a Parquet file in the order of time, and DuckDB to read it with two threads. The view is `calls`.
 * @param folder where PostgreSQL may write
 */
export async function exportToDuckdb(
  pool: pg.Pool,
  folder: string,
  say: (text: string) => void,
): Promise<Duckdb> {
  const parquet = join(folder, 'calls.parquet');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const run = async (query: string) => (await connection.runAndReadAll(query)).getRowObjects();
  await run("set timezone = 'UTC'");
  if (!existsSync(parquet)) {
    const csv = join(folder, 'postgres', 'cluster', 'calls.csv');
    say('exporting the calls');
    await pool.query(
      `copy (select ${columns} from call order by call_at) to '${csv}' with (format csv, header)`,
    );
    const money = ['revenue', 'affiliate_payout', 'cost', 'sale_amount'].map(
      (name) => `'${name}': 'decimal(12,2)'`,
    );
    const flags = ['is_test', 'converted', 'is_duplicate', 'is_repeat', 'is_scored'].map(
      (name) => `'${name}': 'boolean'`,
    );
    const types = ["'call_at': 'timestamptz'", "'caller_id': 'varchar'", ...money, ...flags];
    await run(`copy (select * from read_csv('${csv}', types = {${types.join(', ')}}, nullstr = ''))
      to '${parquet}' (format parquet)`);
    await rm(csv);
  }
  await run(`create view calls as select * from '${parquet}'`);
  return {
    run,
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
