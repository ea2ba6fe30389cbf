import { Agent, fetch, type RequestInit, type Response } from 'undici';

/** A connection for each request: one that idled too long might be closed by the server just as it is used again. */
const dispatcher = new Agent({ pipelining: 0 });

/** `fetch` without keep-alive. */
export function request(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, dispatcher });
}
