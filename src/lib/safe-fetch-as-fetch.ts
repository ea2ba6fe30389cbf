import type { SafeFetch } from './safe-fetch.ts';
import { SafeFetchError } from './safe-fetch-error.ts';

/**
 * The guarded client in the shape of the standard fetch, for libraries that take one. Answers are read whole; what
 * has no answer (blocked, unreachable, too slow) rejects, as with fetch.
 */
export function asFetch(safeFetch: SafeFetch, limits: { totalSeconds: number }): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input as Request, init as RequestInit);
    try {
      const answer = await safeFetch(request.url, {
        method: request.method as 'GET' | 'POST',
        headers: Object.fromEntries(request.headers),
        ...(request.body && { body: await request.text() }),
        totalSeconds: limits.totalSeconds,
        signal: request.signal,
      });
      return new Response(await answer.text(), { status: answer.status, headers: answer.headers });
    } catch (error) {
      if (!(error instanceof SafeFetchError) || !error.answer) throw error;
      const { status, excerpt } = error.answer;
      return new Response(excerpt, { status });
    }
  };
}
