import type { Command } from 'commander';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { checkRollups, rebuildRollups } from '../../report/keep-rollups.ts';
import { readPeriod } from '../../report/period.ts';
import { countOf } from './count-of.ts';
import { print, withStore } from './with-store.ts';

type Options = { from?: string; to?: string; repair?: boolean; json?: boolean };

/** `aria rollups`: the sums that reports are answered from, compared with their calls or made anew. */
export function addRollupCommands(program: Command): void {
  const rollups = program.command('rollups').description('the sums that reports are answered from');
  rollups
    .command('check')
    .description('compare the sums with a recount of their calls')
    .option('--from <date>', 'first day (UTC); default: the first call')
    .option('--to <date>', 'last day (UTC), included; default: the last call')
    .option('--repair', 'put right what is wrong')
    .option('--json', 'for machines')
    .action(check);
  rollups
    .command('rebuild')
    .description('sum the calls of a period anew')
    .option('--from <date>', 'first day (UTC); default: the first call')
    .option('--to <date>', 'last day (UTC), included; default: the last call')
    .option('--json', 'for machines')
    .action(rebuild);
}

function check(options: Options): Promise<void> {
  return withStore(async ({ db }) => {
    const period = await readRange(db, options);
    const found = await checkRollups(db, { ...period, repair: options.repair ?? false });
    const wrong = found.wrong.map((hour) => hour.toISOString());
    const done = options.repair ? 'were put right' : 'put them right with --repair';
    print(options.json, { hours: found.hours, wrong_hours: wrong, wrong_sums: found.wrongSums }, [
      `${countOf(found.hours, 'hour')} compared with their calls.`,
      wrong.length + found.wrongSums === 0
        ? 'All sums are right.'
        : `${countOf(wrong.length, 'hour')} and ${countOf(found.wrongSums, 'row')} of days and months were wrong; ${done}.`,
      ...wrong.slice(0, 20),
    ]);
    if (wrong.length + found.wrongSums > 0 && !options.repair) process.exitCode = 1;
  });
}

function rebuild(options: Options): Promise<void> {
  return withStore(async ({ db }) => {
    const hours = await rebuildRollups(db, await readRange(db, options));
    print(options.json, { hours }, [`${countOf(hours, 'hour')} summed anew.`]);
  });
}

async function readRange(db: Database, { from, to }: Options): Promise<{ from: Date; to: Date }> {
  const { start, end } = readPeriod({ from, to, time_zone: 'UTC' });
  const { rows } = await sql<{ first: Date; last: Date }>`
    select coalesce(min(at), now()) as first, coalesce(max(at), now()) + interval '1 hour' as last from (
      (select call_at as at from call order by call_at limit 1)
      union all (select call_at from call order by call_at desc limit 1)
      union all (select slot from rollup_hour where dimension = 'all' order by slot limit 1)
      union all (select slot from rollup_hour where dimension = 'all' order by slot desc limit 1)
    ) ends`.execute(db);
  const { first, last } = rows[0]!;
  return {
    from: start ? new Date(start.epochMilliseconds) : first,
    to: end ? new Date(end.epochMilliseconds) : last,
  };
}
