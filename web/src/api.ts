import type { z } from 'zod';
import type { ProblemBody } from '../../src/contract/problem.ts';
import { type RouteName, routes } from '../../src/contract/routes.ts';

type Routes = typeof routes;
/** Optional where nothing in it is required. */
type Part<K extends string, T> = undefined extends T
  ? { [P in K]?: T }
  : Record<string, never> extends T
    ? { [P in K]?: T }
    : { [P in K]: T };

/** What a route is called with: `params`, `query` and `body`, each only where the route has it. */
export type ApiInput<N extends RouteName> = Part<'params', z.input<Routes[N]['params']>> &
  Part<'query', z.input<Routes[N]['query']>> &
  Part<'body', z.input<Routes[N]['body']>>;

/** What a route answers. */
export type ApiOutput<N extends RouteName> = z.output<Routes[N]['response']>;

/** A refused or failed request. `problem` is the server's RFC 9457 body, or one made here when there was none. */
export class ApiError extends Error {
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody, options?: { cause?: unknown }) {
    super(problem.detail ?? problem.title, options);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

type Loose = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
};

/** Path and query of a request; unset and empty values are left out. */
export function requestUrl(path: string, { params = {}, query = {} }: Loose): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/** Sends JSON, reads JSON; throws {@link ApiError} for anything but a 2xx. */
export async function sendJson(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(
      {
        type: '/problems/unreachable',
        title: 'Aria does not answer',
        status: 0,
        detail: 'The server could not be reached. Check that it runs and that you are connected.',
      },
      { cause },
    );
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(toProblem(response.status, answer));
  return answer;
}

/** The server’s own problem, or one made of the status. */
export function toProblem(status: number, answer: unknown): ProblemBody {
  if (typeof answer === 'object' && answer !== null) {
    if ('title' in answer) return answer as ProblemBody;
    // better-auth answers { message, code }
    if ('message' in answer) return { type: '/problems/auth', title: String(answer.message), status };
  }
  return { type: 'about:blank', title: `The server answered ${status}`, status };
}

/** Calls a route of the contract. */
export async function api<N extends RouteName>(
  name: N,
  input: ApiInput<N>,
  signal?: AbortSignal,
): Promise<ApiOutput<N>> {
  const { method, path } = routes[name];
  const loose = input as Loose;
  return (await sendJson(method, requestUrl(path, loose), loose.body, signal)) as ApiOutput<N>;
}
