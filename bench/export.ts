import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { connectPool, type Database, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { exportFormats } from '../src/export/export-column.ts';
import { writeExport } from '../src/export/write-export.ts';
import { openCallExport } from '../src/report/call-export.ts';

/** How long an export of all columns takes, and how much memory: CSV, XLSX and Parquet of as many calls. */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    database: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const calls = Number(values.calls);
const folder = await mkdtemp(join(tmpdir(), 'aria-bench-export-'));
const server = values.database
  ? null
  : await startEmbedded({ folder: join(folder, 'postgres'), noSync: true, settings: { fsync: 'off' } });
const db: Database = openDatabase(connectPool(values.database ?? server!.url, 4));
try {
  if (server) {
    await migrate(db);
    await fill(db, calls);
  }
  const formats = [];
  for (const format of exportFormats) {
    const path = join(folder, `calls.${format}`);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    const began = performance.now();
    const rows = await openCallExport(db, {}, null);
    await pipeline(writeExport(format, rows, 'America/New_York'), createWriteStream(path));
    clearInterval(watch);
    formats.push({
      format,
      seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
      peak_rss_mb: Math.round(peak / 1_048_576),
      file_mb: Math.round((await stat(path)).size / 1_048_576),
    });
  }
  const lines = formats.map(
    (f) =>
      `${f.format.padEnd(8)} ${f.seconds} s, at most ${f.peak_rss_mb} MB of memory, ${f.file_mb} MB of file`,
  );
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ calls, formats })}\n`
      : `${calls} calls, all columns\n${lines.join('\n')}\n`,
  );
} finally {
  await db.destroy();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Calls of a year, every reported and found field filled. */
async function fill(database: Database, count: number): Promise<void> {
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_bench', 'bench', 'generic', 'UTC', 'USD', 'US', 'caller-agent')`.execute(database);
  for (let first = 0; first < count; first += 50_000) {
    const last = Math.min(first + 50_000, count) - 1;
    await sql`
      insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, call_date, caller_id,
        publisher_name, publisher_sub_id, buyer_name, campaign_name, campaign_id, target_name, target_did, vertical,
        inbound_number_state, zip_code, data_source, end_call_source, duration, connected_call_length,
        time_to_connect, is_duplicate, converted, revenue, affiliate_payout, cost, sale_amount, sale_count, reached,
        prospect, reason, result, billable, billable_reason, score, explanation, scored_at)
      select 'call_' || lpad(n::text, 10, '0'), 'con_bench', n::text, 1, n,
        timestamptz '2025-01-01' + n * interval '365 days' / ${count}::int, '+1212' || 5550000 + n % 10000,
        'Publisher ' || n % 60, 'sub-' || n % 500, 'Buyer, ' || n % 40, 'Campaign ' || n % 120, n % 120,
        'Target ' || n % 200, '+1646' || 5550000 + n % 100, 'solar', 'NY', 10000 + n % 9000, 'search', 'caller',
        n % 900, n % 850, n % 20, n % 20 = 0, n % 3 = 0, (n % 90)::numeric + 0.5, (n % 40)::numeric, 0.08,
        case when n % 30 = 0 then 1200.50 end, case when n % 30 = 0 then 1 end, 'conversation', 'qualified', null,
        'appointment', 'yes', 'appointment', n % 100, 'Billable by rule appointment: qualified, homeowner yes', now()
      from generate_series(${first}::int, ${last}::int) n`.execute(database);
  }
  await sql`vacuum analyze call`.execute(database);
}
