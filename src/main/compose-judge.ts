import { createSafeFetch } from '../lib/safe-fetch.ts';
import { asFetch } from '../lib/safe-fetch-as-fetch.ts';
import type { Judge } from '../score/judge.ts';
import { judgeLocally } from '../score/local/judge.ts';
import { makeModelJudge } from '../score/model/model-judge.ts';
import type { Config } from './config.ts';

const judgeSeconds = 120;

/** The local judge, or the language model that the operator configured; its client reaches that server only. */
export function composeJudge(config: Config): { judge: Judge; stop: () => Promise<void> } {
  const url = config.ARIA_JUDGE_URL;
  if (!url) return { judge: judgeLocally, stop: async () => undefined };
  const safeFetch = createSafeFetch({ allowHosts: [new URL(url).host] });
  const judge = makeModelJudge({
    url,
    key: config.ARIA_JUDGE_KEY ?? null,
    model: config.ARIA_JUDGE_MODEL,
    timeoutMs: judgeSeconds * 1000,
    fetch: asFetch(safeFetch, { totalSeconds: judgeSeconds }),
  });
  return { judge, stop: safeFetch.close };
}
