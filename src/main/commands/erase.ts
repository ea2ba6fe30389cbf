import type { Command } from 'commander';
import { mergeEvents } from '../../normalize/merge.ts';
import { eraseCaller } from '../../receive/erase/erase-caller.ts';
import { previewErasure } from '../../receive/erase/preview-erasure.ts';
import { openDiskStore } from '../../storage/disk.ts';
import { audioFolder } from '../folders.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { print, withStore } from './with-store.ts';

type Options = { caller: string; yes?: boolean; json?: boolean };

/** Calls that a dry run names; the others are counted. */
const namedCalls = 20;

export function addEraseCommand(program: Command): void {
  program
    .command('erase')
    .description('erase a caller: number, requests, sound, transcripts and quotes; money and outcomes stay')
    .requiredOption('--caller <number>', 'in E.164, such as +12125550186')
    .option('--yes', 'really do it; without it only tell what would go')
    .option('--json', 'print one JSON object')
    .action((options: Options) => erase(options));
}

function erase({ caller: given, yes, json }: Options): Promise<void> {
  const caller = given.replace(/[\s().-]/g, '');
  if (!/^\+\d{6,15}$/.test(caller)) {
    throw new BadArgument('--caller: give the number in E.164, such as +12125550186.');
  }
  return withStore(async ({ db }, config) => {
    if (!yes) {
      const { calls, ...found } = await previewErasure(db, caller);
      const lines = calls
        .slice(0, namedCalls)
        .map(
          (call) =>
            `${call.id}  ${call.call_at.toISOString()}  ${call.connection_name}  ${call.buyer_name ?? '-'}`,
        );
      return print(json, { dry_run: true, calls: calls.length, ...found }, [
        ...lines,
        ...(calls.length > namedCalls ? [`… and ${calls.length - namedCalls} more calls.`] : []),
        `${describe({ ...found, calls: calls.length })} would be erased. Nothing was changed; add --yes to do it. It cannot be taken back.`,
      ]);
    }
    const storage = await openDiskStore(audioFolder(config));
    const done = await eraseCaller(caller, { db, merge: mergeEvents, storage, createdBy: 'command' });
    if (!done) {
      return print(json, { dry_run: false, erasure_id: null, calls: 0, events: 0 }, [
        'Nothing leads to this caller.',
      ]);
    }
    const { id, calls, events, recordings, transcripts, evaluations } = done;
    const counts = { calls, events, recordings, transcripts, evaluations };
    print(json, { dry_run: false, erasure_id: id, ...counts }, [
      `Erased: ${describe(counts)}. The log has it as ${id}, without the number.`,
    ]);
  });
}

function describe(counts: {
  calls: number;
  events: number;
  recordings: number;
  transcripts: number;
  evaluations: number;
}): string {
  return (['call', 'event', 'recording', 'transcript', 'evaluation'] as const)
    .map((name) => countOf(counts[`${name}s`], name))
    .join(', ');
}
