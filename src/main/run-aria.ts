import type { Database } from '../db/database.ts';
import { createOwnerLink, hasOwner, hasOwnerLink } from '../http/owner.ts';
import { bugLogger, createLog } from '../lib/log.ts';
import { startRollupKeeper } from '../report/keep-rollups.ts';
import { composeServer } from './compose-server.ts';
import { composeWorkers } from './compose-workers.ts';
import type { Config } from './config.ts';
import { openScorecards } from './open-scorecards.ts';
import { type OutageLog, watchOutages } from './outage-log.ts';
import { publicUrl } from './public-url.ts';
import { openStore } from './store.ts';

export type Role = 'serve' | 'work';

export type RunningAria = { url: string; stop: () => Promise<void> };

/**
 * Starts Aria in the given roles. What was started is stopped again in reverse, also when a later part fails to
 * start.
 */
export async function runAria(config: Config, roles: Role[], say = sayToPeople): Promise<RunningAria> {
  let outages: OutageLog | null = null;
  const log = createLog(config.ARIA_LOG_LEVEL, (error) => outages?.covers(error) ?? false);
  const logBug = bugLogger(log);
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    while (started.length > 0) await started.pop()!();
  };

  try {
    const store = await openStore(config, (message) => log.warn(message));
    started.push(store.close);
    const watch = watchOutages({
      reach: () => store.pool.query('select 1'),
      tell: (message) => log.warn(message),
    });
    outages = watch;
    started.push(async () => watch.stop());
    const scorecards = await openScorecards(config, store.db, (message) => log.warn(message));
    let kick = () => {};
    let onRescore = () => {};
    if (roles.includes('work')) {
      const workers = await composeWorkers(config, store, { log, logBug, scorecards });
      started.push(workers.stop);
      const keeper = startRollupKeeper({
        db: store.db,
        onError: (error) => log.warn({ err: error }, 'folding rollups'),
        onWrong: (found) => log.warn(found, 'wrong rollups were found and put right'),
      });
      started.push(keeper.stop);
      kick = workers.kick;
      onRescore = workers.onRescore;
    }
    let url = publicUrl(config);
    if (roles.includes('serve')) {
      const server = await composeServer(config, store, { logBug, scorecards, onStored: kick, onRescore });
      started.push(server.stop);
      url = server.url;
      say(`Aria is ready at ${url}`);
      await inviteOwner(store.db, url, say);
    } else {
      say('Aria is working.');
    }
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nobody owns Aria yet: a link to become owner. One that was printed before stays good. */
async function inviteOwner(db: Database, url: string, say: (text: string) => void): Promise<void> {
  if (await hasOwner(db)) return;
  if (await hasOwnerLink(db)) {
    say('Become its owner with the link that was printed before. A new one: npx aria owner-link');
    return;
  }
  say(`Become its owner with this link (once, within 24 hours):\n  ${await createOwnerLink(db, url)}`);
}

function sayToPeople(text: string): void {
  process.stdout.write(`${text}\n`);
}
