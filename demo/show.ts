import { listCalls } from '../src/contract/calls.ts';
import { getBreakdown } from '../src/contract/reports.ts';
import { type Api, allItems, openApi } from './api.ts';
import type { Aria } from './aria.ts';
import { missingEvents } from './check-events.ts';
import { compareWithTruth } from './compare-with-truth.ts';
import { connectPlatforms } from './connect.ts';
import type { DemoWorld } from './demo-world.ts';
import { disagreementLines } from './disagreements.ts';
import { makeTraffic } from './platforms/requests.ts';
import { makeProgress } from './progress.ts';
import { countAnswers, sendRequests, unexpectedAnswers } from './send-requests.ts';
import { watchCalls } from './watch-calls.ts';

/** More than a machine of two cores should need. */
const patienceSeconds = 150;
const days = 7;
/** Zone of the report's days. */
export const timeZone = 'America/New_York';

export type ShowDeps = { aria: Aria; world: DemoWorld; say: (text: string) => void };

/**
 * The demo itself, against a running Aria: connections, calls, stages, report.
 * @returns what did not go as it should, in words; empty when all is well
 */
export async function show({ aria, world, say }: ShowDeps): Promise<string[]> {
  const now = new Date();
  const accounts = await connectPlatforms(aria);
  const { key } = await aria.ask<{ key: string }>('key', 'create', '--name', 'Demo', '--scopes', 'read');
  const api = openApi(aria.url, key);
  const period = { from: dateOf(now, days - 1), to: dateOf(now, 0), time_zone: timeZone };
  const unreportedSales = async () => (await readReport(api, period)).total.sale_heard_not_reported;

  const { requests, goals, played } = await makeTraffic(accounts, now, world.recordingUrl);
  const sent = await sendRequests(requests.filter(({ late }) => !late));
  say(`Three platforms sent ${sent.length} events: ${countAnswers(sent)}.`);

  const progress = makeProgress(process.stdout);
  const left = await watchCalls(api, goals, patienceSeconds, progress.show).finally(progress.end);

  say(
    'One recording came late, one had moved, and one is a page to sign in: that call waits for a better address.',
  );
  const calls = await allItems((query) => api(listCalls, query));
  say(`As a person who knows the scripts would call it: ${compareWithTruth(calls, played, world.samples)}.`);

  const before = await unreportedSales();
  sent.push(...(await sendRequests(requests.filter(({ late }) => late))));
  say(
    `A buyer reports a sale two days late. Sales heard, not reported: ${before} → ${await unreportedSales()}`,
  );

  say(`\n$ aria report --by publisher --from ${period.from} --to ${period.to}`);
  await aria.show('report', '--by', 'publisher', '--from', period.from, '--to', period.to);
  say(
    `\nWhere platform and conversation disagree:\n${disagreementLines(await readReport(api, period)).join('\n')}`,
  );
  return [...unexpectedAnswers(sent), ...(await missingEvents(api, sent)), ...left];
}

async function readReport(api: Api, period: Record<string, string>) {
  return api(getBreakdown, { by: 'publisher', ...period });
}

function dateOf(now: Date, daysAgo: number): string {
  return new Date(now.getTime() - daysAgo * 86_400_000).toLocaleDateString('sv', { timeZone });
}
