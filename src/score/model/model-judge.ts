import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Judgement } from '../../domain/answer.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import { checkEvidence } from '../evidence.ts';
import type { Judge } from '../judge.ts';
import { judgeLocally } from '../local/judge-locally.ts';
import { answersSchema, type Claims, toJudgement, verdictSchema } from './claims.ts';
import { crossCheck } from './cross-check.ts';
import type { AskModel, TokenUse } from './model-server.ts';
import { criteriaPrompt, transcriptMessage, verdictPrompt } from './prompt.ts';
import { speaksToJudge } from './speaks-to-judge.ts';
import { checkWhoseWords } from './whose-words.ts';

/** What was asked and answered, and what it took. `key` is the same for the same question to the same model. */
export type RecordedAnswer = { key: string; callId: string; answer: unknown; used: TokenUse };

/** Keeps answers, so that a question is paid for once, and watches what is spent. */
export type AnswerRecord = {
  find: (key: string) => Promise<unknown>;
  /** @throws Failure once the day's money is spent */
  checkBudget: () => Promise<void>;
  keep: (recorded: RecordedAnswer) => Promise<void>;
};

/** Few at a time: models answer the tenth question of a list worse than the first. */
export const questionsPerRequest = 6;

/**
 * A judge that asks a language model: a few criteria per request, then the call as a whole. Calls in which nobody was
 * reached never leave the machine, nor do those in which somebody gives orders to the judge. With `crossCheck` the local judge lowers the confidence of what it heard differently.
 */
export function makeModelJudge(deps: {
  model: string;
  ask: AskModel;
  record: AnswerRecord | null;
  crossCheck: boolean;
}): Judge {
  const name = `model:${deps.model}`;
  return async ({ turns, scorecard, callDate, callId = null, signal }) => {
    const local = judgeLocally(turns, scorecard, { callDate });
    if (local.reached !== 'conversation') return { ...local, judge: name };
    if (speaksToJudge(turns)) return { ...withNote(local), judge: name };
    const data = transcriptMessage(turns);
    const ask = <T extends z.ZodType>(instructions: string, schema: T) =>
      askOnce({ instructions, data, schema, signal }, callId, deps);

    const claims: Claims = { answers: [], ...(await ask(verdictPrompt(scorecard, callDate), verdictSchema)) };
    for (const criteria of groups(scorecard)) {
      const { answers } = await ask(criteriaPrompt(scorecard, criteria, callDate), answersSchema);
      const asked = new Set(criteria.map(({ id }) => id));
      claims.answers.push(...answers.filter(({ criterion }) => asked.has(criterion)));
    }
    const quoted = checkEvidence(toJudgement(claims, scorecard, turns, name), turns);
    const judgement = checkWhoseWords(quoted, scorecard, turns);
    return deps.crossCheck ? crossCheck(judgement, local, `${name}+local`) : judgement;
  };
}

/** A model that is told what to find may find it: such a call is for rules alone, and for people to look at. */
function withNote(local: Judgement): Judgement {
  const note = 'answered without the model: somebody in the call gives orders to whoever judges it';
  return {
    ...local,
    answers: local.answers.map((answer) => ({
      ...answer,
      note: answer.note ? `${answer.note}; ${note}` : note,
    })),
  };
}

function groups({ criteria }: Scorecard): Scorecard['criteria'][] {
  const count = Math.ceil(criteria.length / questionsPerRequest);
  return Array.from({ length: count }, (_, i) =>
    criteria.slice(i * questionsPerRequest, (i + 1) * questionsPerRequest),
  );
}

/** Asks, unless the same was asked before: a rerun costs nothing, and one that failed half way goes on from there. */
async function askOnce<T extends z.ZodType>(
  request: { instructions: string; data: string; schema: T; signal: AbortSignal | undefined },
  callId: string | null,
  { model, ask, record }: { model: string; ask: AskModel; record: AnswerRecord | null },
): Promise<z.infer<T>> {
  if (!record || callId === null) return (await ask(request)).value;
  const content = JSON.stringify([model, request.instructions, request.data, z.toJSONSchema(request.schema)]);
  const key = createHash('sha256').update(content).digest('hex');
  const known = request.schema.safeParse(await record.find(key));
  if (known.success) return known.data;
  await record.checkBudget();
  const { value, used } = await ask(request);
  await record.keep({ key, callId, answer: value, used });
  return value;
}
