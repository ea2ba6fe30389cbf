import type { Command } from 'commander';
import { failureAdvice } from '../../domain/failure.ts';
import { stageStates, stages } from '../../domain/stage.ts';
import { rerunCall, rerunMatching } from '../../pipeline/rerun.ts';
import { findConnection } from '../find-connection.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { readInstant } from './read-instant.ts';
import { print, withStore } from './with-store.ts';

type RerunOptions = Range & { stage: string; state?: string; code?: string; all?: boolean };
type Range = { connection?: string; from?: string; to?: string; json?: boolean };

/** `aria rerun`. */
export function addRerunCommand(program: Command): void {
  program
    .command('rerun [call]')
    .description('run a stage, and all that follow it, again: of one call, or of all that match')
    .requiredOption('--stage <stage>', stages.join(', '))
    .option('--connection <id>', 'only this connection: id or name')
    .option('--state <state>', 'only calls whose stage is in this state, e.g. failed')
    .option('--code <code>', 'only calls whose stage failed with this code')
    .option('--from <instant>', 'calls at or after')
    .option('--to <instant>', 'calls before')
    .option('--all', 'every call, where nothing else says which')
    .option('--json', 'print one JSON object')
    .action((call: string | undefined, options: RerunOptions) => rerun(call, options));
}

function rerun(call: string | undefined, options: RerunOptions): Promise<void> {
  const stage = oneOf('--stage', options.stage, stages);
  const chosen = {
    ...(options.state !== undefined && { state: oneOf('--state', options.state, stageStates) }),
    ...(options.code !== undefined && { code: oneOf('--code', options.code, Object.keys(failureAdvice)) }),
    ...instants(options),
  };
  if (!call && !options.all && !options.connection && Object.keys(chosen).length === 0) {
    throw new BadArgument(
      'Say which calls: --state, --code, --connection, --from, --to, or a call. Really every call: --all',
    );
  }
  return withStore(async ({ db }) => {
    if (call) {
      if (!(await rerunCall(db, call, stage))) throw new BadArgument(`There is no call ${call}.`);
      return print(options.json, { calls: 1 }, [`${stage} of ${call} will run again.`]);
    }
    const connectionId = options.connection && (await findConnection(db, options.connection)).id;
    const calls = await rerunMatching(db, stage, { ...chosen, ...(connectionId && { connectionId }) });
    print(options.json, { calls }, [`${stage} will run again for ${countOf(calls, 'call')}.`]);
  });
}

function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  if (!known.includes(given as T))
    throw new BadArgument(`${option}: ${given} is none of ${known.join(', ')}.`);
  return given as T;
}

function instants(options: Range): { from?: Date; to?: Date } {
  const [from, to] = [readInstant('--from', options.from), readInstant('--to', options.to)];
  return { ...(from && { from }), ...(to && { to }) };
}
