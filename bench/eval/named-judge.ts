import { readConfig } from '../../src/main/config.ts';
import type { Judge } from '../../src/score/judge.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { answerCost } from '../../src/score/model/answer-record.ts';
import { makeModelJudge } from '../../src/score/model/model-judge.ts';
import { connectModelServer } from '../../src/score/model/model-server.ts';

/** A judge to measure, and what it has cost so far in US dollars; null where no prices are set. */
export type NamedJudge = { judge: Judge; spent: () => number | null };

/**
 * `local`, `model` or `model+local`; a model is the one of ARIA_JUDGE_URL, ARIA_JUDGE_KEY and ARIA_JUDGE_MODEL, priced by
 * ARIA_JUDGE_INPUT_PRICE and ARIA_JUDGE_OUTPUT_PRICE. @throws Error for other names, or without a server.
 */
export function judgeNamed(name: string): NamedJudge {
  if (name === 'local') return { judge: judgeLocally, spent: () => 0 };
  if (name !== 'model' && name !== 'model+local')
    throw new Error(`unknown judge ${name}; known: local, model, model+local`);
  const config = readConfig();
  if (!config.ARIA_JUDGE_URL) throw new Error('set ARIA_JUDGE_URL to the language model server to measure');
  const { ARIA_JUDGE_INPUT_PRICE: input, ARIA_JUDGE_OUTPUT_PRICE: output, ARIA_JUDGE_MODEL: model } = config;
  const used = { input: 0, output: 0 };
  const judge = makeModelJudge({
    model,
    crossCheck: name === 'model+local',
    ask: connectModelServer({
      url: config.ARIA_JUDGE_URL,
      key: config.ARIA_JUDGE_KEY ?? null,
      model,
      timeoutMs: 120_000,
      fetch: globalThis.fetch,
      onLack: (lack) => console.error(lack),
    }),
    record: {
      find: async () => undefined,
      checkBudget: async () => undefined,
      keep: async (recorded) => {
        used.input += recorded.used.input;
        used.output += recorded.used.output;
      },
    },
  });
  const prices = input === undefined || output === undefined ? null : { input, output };
  return { judge, spent: () => answerCost(used, prices) };
}
