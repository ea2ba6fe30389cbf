import type { Database } from '../db/database.ts';
import { createSafeFetch } from '../lib/safe-fetch.ts';
import { asFetch } from '../lib/safe-fetch-as-fetch.ts';
import type { Judge } from '../score/judge.ts';
import { judgeLocally } from '../score/local/judge.ts';
import { answerRecord } from '../score/model/answer-record.ts';
import { makeModelJudge } from '../score/model/model-judge.ts';
import { connectModelServer } from '../score/model/model-server.ts';
import type { Config } from './config.ts';

const requestSeconds = 120;

export type JudgeName = 'local' | 'model' | 'model+local';

/** The judges that are set up, the one for new calls first. */
export function judgeNames(config: Config): [JudgeName, ...JudgeName[]] {
  if (!config.ARIA_JUDGE_URL) return ['local'];
  const first = config.ARIA_JUDGE ?? 'model';
  const all: JudgeName[] = ['model', 'model+local', 'local'];
  return [first, ...all.filter((name) => name !== first)];
}

/** The judge of new calls, and all that are there by name; the client of a language model reaches its server only. */
export function composeJudge(
  config: Config,
  deps: { db: Database; onLack: (lack: string) => void },
): { judge: Judge; judges: Record<string, Judge>; stop: () => Promise<void> } {
  const url = config.ARIA_JUDGE_URL;
  if (!url) return { judge: judgeLocally, judges: { local: judgeLocally }, stop: async () => undefined };
  const safeFetch = createSafeFetch({ allowHosts: [new URL(url).host] });
  const model = config.ARIA_JUDGE_MODEL;
  const { ARIA_JUDGE_INPUT_PRICE: input, ARIA_JUDGE_OUTPUT_PRICE: output } = config;
  const server = {
    model,
    ask: connectModelServer({
      url,
      key: config.ARIA_JUDGE_KEY ?? null,
      model,
      timeoutMs: requestSeconds * 1000,
      fetch: asFetch(safeFetch, { totalSeconds: requestSeconds }),
      onLack: deps.onLack,
    }),
    record: answerRecord({
      db: deps.db,
      model,
      dailyUsd: config.ARIA_JUDGE_DAILY_USD ?? null,
      prices: input === undefined || output === undefined ? null : { input, output },
    }),
  };
  const judges: Record<JudgeName, Judge> = {
    local: judgeLocally,
    model: makeModelJudge({ ...server, crossCheck: false }),
    'model+local': makeModelJudge({ ...server, crossCheck: true }),
  };
  return { judge: judges[judgeNames(config)[0]], judges, stop: safeFetch.close };
}
