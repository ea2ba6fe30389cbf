import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectPool, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { exportToDuckdb } from './reports/export-parquet.ts';
import { foldAll, markAll } from './reports/fold-all.ts';
import { generateCalls } from './reports/generate-calls.ts';
import { measureCorrections } from './reports/measure-corrections.ts';
import { measureLists } from './reports/measure-lists.ts';
import { measureQuestions } from './reports/measure-questions.ts';
import { measureUpkeep } from './reports/measure-upkeep.ts';
import { printReport } from './reports/print-report.ts';

/**
 * How fast reports answer over `--calls N` generated calls of a year: every question of the dashboard and ten steps down,
 * from rollups as the product does, from the table of calls, and by DuckDB over the calls in Parquet, in turn, warm and
 * cold; what late news costs; and what upkeep costs ingest. `--folder` keeps the calls for another run; `--alone` asks the
 * product's way alone, since the table of calls takes most of an hour at ten million.
 */
const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    folder: { type: 'string' },
    upkeep: { type: 'string', default: '6' },
    alone: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const calls = Number(options.calls);
const say = (text: string) => process.stderr.write(`${text}\n`);
const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'aria-bench-reports-')));
await mkdir(folder, { recursive: true });
await chmod(folder, 0o755);

// what is generated can be generated again; upkeep has a cluster of its own, with fsync
const settings = { fsync: 'off', shared_buffers: '2GB', autovacuum: 'off', max_wal_size: '16GB' };
const postgres = await startEmbedded({ folder: join(folder, 'postgres'), settings, noSync: true });
const pool = connectPool(postgres.url, 8);
const db = openDatabase(pool);
try {
  await migrate(db);
  const { rows } = await pool.query('select count(*) as count from call');
  let foldSeconds: number | null = null;
  if (rows[0].count !== calls) {
    if (rows[0].count > 0) throw new Error(`${folder} holds ${rows[0].count} calls, not ${calls}.`);
    await generateCalls(pool, calls, say);
    await markAll(db);
  }
  const { rows: open } = await pool.query('select count(*) as count from rollup_mark');
  if (open[0].count > 0) {
    foldSeconds = await foldAll(db, say);
    await pool.query('vacuum (analyze)');
  }
  const duckdb = options.alone ? null : await exportToDuckdb(pool, folder, say);
  const measured = await measureQuestions(db, duckdb, { rounds: Number(options.rounds), say });
  const lists = await measureLists(db, Number(options.rounds));
  const corrections = await measureCorrections(db);
  const upkeep = Number(options.upkeep) > 0 ? await measureUpkeep(Number(options.upkeep), say) : null;
  printReport({ calls, measured, lists, corrections, upkeep, foldSeconds }, { json: options.json });
  await duckdb?.close();
} finally {
  await db.destroy();
  await postgres.stop();
  if (!options.folder) await rm(folder, { recursive: true, force: true });
}
