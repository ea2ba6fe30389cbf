import type { AllowedHosts } from './safe-fetch-address.ts';
import { SafeFetchError } from './safe-fetch-error.ts';
import type { FindHostRules } from './safe-fetch-host-rules.ts';
import { readTarget, type Target } from './safe-fetch-target.ts';

/** One request on the way to an answer: redirects make further ones. */
export type Hop = {
  url: URL;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  body: string | Uint8Array | FormData | null;
};

/** The first request: header names in lower case, nothing packed wanted, credentials of the address moved in. */
export function firstHop(
  target: Target,
  request: { method?: Hop['method']; headers?: Record<string, string>; body?: Hop['body'] },
  userAgent: string,
): Hop {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = { 'user-agent': userAgent, accept: '*/*', ...Object.fromEntries(given) };
  return {
    url: target.url,
    method: request.method ?? 'GET',
    headers: { ...headers, 'accept-encoding': 'identity', ...authorize(target) },
    body: request.body ?? null,
  };
}

/** Whether the status sends the client elsewhere (RFC 9110 §15.4). */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * The request that a redirect asks for. Toward another origin only neutral headers go along and no body.
 * @throws SafeFetchError where the way leads to a weaker scheme, to nowhere, or where it may not
 */
export function followRedirect(
  hop: Hop,
  status: number,
  location: string | undefined,
  allowed: AllowedHosts,
  findRules?: FindHostRules,
): Hop {
  const aim = location === undefined ? null : URL.parse(location, hop.url.href);
  if (!aim) throw new SafeFetchError('bad-redirect', `${hop.url.host} redirects without saying where to`);
  const target = readTarget(aim, allowed, findRules);
  if (hop.url.protocol === 'https:' && target.url.protocol === 'http:') {
    throw new SafeFetchError('bad-redirect', `${hop.url.host} redirects from https to http`);
  }
  // browsers turn a redirected POST into a GET, unless the status says to keep it (RFC 9110 §15.4.2)
  const keeps = status === 307 || status === 308 || hop.method === 'GET' || hop.method === 'HEAD';
  const sameOrigin = hop.url.origin === target.url.origin;
  if (keeps && hop.body !== null && !sameOrigin) {
    throw new SafeFetchError('bad-redirect', `${hop.url.host} redirects what was sent to another server`);
  }
  const body = keeps ? hop.body : null;
  const neutral = ['user-agent', 'accept', 'accept-encoding', 'range', 'if-range'];
  const kept = Object.entries(hop.headers).filter(([name]) =>
    sameOrigin ? body !== null || !name.startsWith('content-') : neutral.includes(name),
  );
  return {
    url: target.url,
    method: keeps ? hop.method : 'GET',
    headers: { ...Object.fromEntries(kept), ...authorize(target) },
    body,
  };
}

function authorize(target: Target): Record<string, string> {
  return target.authorization === null ? {} : { authorization: target.authorization };
}
