import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, type LanguageModel, Output } from 'ai';
import type { z } from 'zod';
import { Failure } from '../../domain/failure.ts';
import { readLooseJson } from './loose-json.ts';
import { badAnswerDetail, serverFailure } from './server-failure.ts';

/** What a server took for an answer; it bills by these. */
export type TokenUse = { input: number; output: number };

export type ModelAnswer<T> = { value: T; used: TokenUse };

export type ModelServerSettings = {
  /** Base address of an OpenAI-compatible server, up to `/v1`. The transcript, redacted, is sent there. */
  url: string;
  key: string | null;
  model: string;
  /** Milliseconds for one request. */
  timeoutMs: number;
  /** The client that reaches it; the guarded one in production. */
  fetch: typeof globalThis.fetch;
  /** Told once for each thing that the server turned out not to offer. */
  onLack: (lack: string) => void;
};

export type ModelRequest<T extends z.ZodType> = {
  instructions: string;
  /** The data that is asked about; never instructions. */
  data: string;
  schema: T;
  signal?: AbortSignal | undefined;
};

/** Asks one question of one server and gets an answer of the schema's shape. @throws Failure */
export type AskModel = <T extends z.ZodType>(request: ModelRequest<T>) => Promise<ModelAnswer<z.infer<T>>>;

/** How the shape of the answer is demanded, the strictest first. */
const demands = ['schema', 'json', 'words'] as const;

const lacks = {
  schema: 'The model server knows no JSON schemas; the shape of its answers is only described to it.',
  json: 'The model server knows no JSON mode; its answers are read as plain text.',
} as const;

/**
 * A chat completions server. Where it refuses the way in which the shape is demanded, the next weaker way is tried and
 * kept: servers differ in what they offer, and the answer is checked by code in any case. Retries are the pipeline's.
 */
export function connectModelServer(settings: ModelServerSettings): AskModel {
  const provider = createOpenAICompatible({
    name: 'judge',
    baseURL: settings.url,
    ...(settings.key !== null && { apiKey: settings.key }),
    supportsStructuredOutputs: true,
    fetch: settings.fetch,
  });
  const loose = createOpenAICompatible({
    name: 'judge',
    baseURL: settings.url,
    ...(settings.key !== null && { apiKey: settings.key }),
    fetch: settings.fetch,
  });
  const models: Record<(typeof demands)[number], LanguageModel> = {
    schema: provider(settings.model),
    json: loose(settings.model),
    words: loose(settings.model),
  };
  let weakest = 0;

  return async (request) => {
    const deadline = AbortSignal.timeout(settings.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
    for (let at = weakest; ; at++) {
      const demand = demands[at]!;
      try {
        return await ask(models[demand], demand, request, signal);
      } catch (error) {
        if (request.signal?.aborted) throw error;
        const next = demands[at + 1];
        if (demand === 'words' || !next || !refusesDemand(error)) {
          throw serverFailure(error, deadline.aborted);
        }
        if (weakest === at) {
          weakest = at + 1;
          settings.onLack(lacks[demand]);
        }
      }
    }
  };
}

async function ask<T extends z.ZodType>(
  model: LanguageModel,
  demand: (typeof demands)[number],
  { instructions, data, schema }: ModelRequest<T>,
  signal: AbortSignal,
): Promise<ModelAnswer<z.infer<T>>> {
  const settings = { model, prompt: data, temperature: 0, maxRetries: 0, abortSignal: signal };
  if (demand === 'schema') {
    const answer = await generateText({
      ...settings,
      instructions,
      output: Output.object({ schema, name: 'claims' }),
    });
    // without a word the reason is all there is, and reading the output tells none
    if (answer.text.trim() === '')
      throw new Failure('score.bad-answer', 'soon', badAnswerDetail(answer.finishReason));
    return { value: answer.output as z.infer<T>, used: tokens(answer.usage) };
  }
  const described = `${instructions}\nAnswer with one JSON object of this JSON schema and nothing else: ${JSON.stringify(schema.toJSONSchema())}`;
  const form = demand === 'json' ? { output: Output.json() } : {};
  const { text, usage, finishReason } = await generateText({ ...settings, instructions: described, ...form });
  return { value: readLooseJson(text, schema, finishReason), used: tokens(usage) };
}

/** Servers that lack a way of demanding a shape answer 400 or 422 to it, or 501. */
function refusesDemand(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false;
  const { statusCode, responseBody = '', message } = error;
  if (statusCode === 501) return true;
  return (
    (statusCode === 400 || statusCode === 404 || statusCode === 422) &&
    /response_?format|json_?schema|json_?object|structured|grammar/i.test(`${responseBody} ${message}`)
  );
}

function tokens(usage: { inputTokens?: number | undefined; outputTokens?: number | undefined }): TokenUse {
  return { input: usage.inputTokens ?? 0, output: usage.outputTokens ?? 0 };
}
