import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, NoObjectGeneratedError, Output } from 'ai';
import { Failure } from '../../domain/failure.ts';
import { checkEvidence } from '../evidence.ts';
import type { Judge } from '../judge.ts';
import { judgeLocally } from '../local/judge-locally.ts';
import { claimsSchema, toJudgement } from './claims.ts';
import { promptFor } from './prompt.ts';

export type ModelJudgeSettings = {
  /** Base address of an OpenAI-compatible server, up to `/v1`. The transcript, redacted, is sent there. */
  url: string;
  key: string | null;
  model: string;
  /** Milliseconds for one call. */
  timeoutMs: number;
  /** The client that reaches it; the guarded one in production. */
  fetch: typeof globalThis.fetch;
};

/**
 * A judge that asks a language model. Calls in which nobody was reached never leave the machine. Retries belong to
 * the pipeline; a refusal for a reason of ours parks.
 */
export function makeModelJudge(settings: ModelJudgeSettings): Judge {
  const provider = createOpenAICompatible({
    name: 'judge',
    baseURL: settings.url,
    ...(settings.key !== null && { apiKey: settings.key }),
    supportsStructuredOutputs: true,
    fetch: settings.fetch,
  });
  const name = `model:${settings.model}`;
  return async ({ turns, scorecard, callDate, signal }) => {
    const local = judgeLocally(turns, scorecard, { callDate });
    if (local.reached !== 'conversation') return { ...local, judge: name };
    const { system, transcript } = promptFor(scorecard, turns, callDate);
    const deadline = AbortSignal.timeout(settings.timeoutMs);
    try {
      const { output } = await generateText({
        model: provider(settings.model),
        instructions: system,
        prompt: transcript,
        output: Output.object({ schema: claimsSchema, name: 'claims' }),
        temperature: 0,
        maxRetries: 0,
        abortSignal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      return checkEvidence(toJudgement(output, scorecard, turns, name), turns);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw asFailure(error, deadline.aborted);
    }
  };
}

function asFailure(error: unknown, late: boolean): unknown {
  const options = { cause: error };
  if (late)
    return new Failure('score.provider-unavailable', 'soon', 'The server did not answer in time.', options);
  if (NoObjectGeneratedError.isInstance(error))
    return new Failure('score.bad-answer', 'soon', 'The answer does not fit the questions.', options);
  if (!APICallError.isInstance(error)) return error;
  const status = error.statusCode;
  if (status === undefined)
    return new Failure('score.provider-unavailable', 'soon', 'The server could not be reached.', options);
  if (status === 429 || status >= 500)
    return new Failure(
      'score.provider-unavailable',
      'soon',
      `The server answered with status ${status}.`,
      options,
    );
  if (status >= 400)
    return new Failure(
      'score.provider-refused',
      'park',
      `The server refused with status ${status}.`,
      options,
    );
  return new Failure('score.bad-answer', 'soon', 'The answer is no chat completion.', options);
}
