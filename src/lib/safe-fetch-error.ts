import type { CredentialUse } from './safe-fetch-host-rules.ts';

/**
 * Everything that can go wrong with an outgoing request:
 * `bad-url` no usable http(s) address · `blocked-address` leads to a network that may not be called ·
 * `blocked-port` · `unresolvable` the name is unknown to DNS · `unreachable` no connection in time, or what
 * answers is no HTTP · `tls` the certificate is not to be trusted · `timeout` no answer or no end in time ·
 * `too-slow` bytes trickle below the minimum rate · `too-large` · `incomplete` the body ended early ·
 * `bad-encoding` the body is packed in a way that cannot be undone · `bad-redirect` too many, a loop, without
 * aim or to a weaker scheme · `status` an answer outside 2xx.
 */
export type SafeFetchReason =
  | 'bad-url'
  | 'blocked-address'
  | 'blocked-port'
  | 'unresolvable'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'too-slow'
  | 'too-large'
  | 'incomplete'
  | 'bad-encoding'
  | 'bad-redirect'
  | 'status';

/** The answer behind a `status` fault. */
export type RefusedAnswer = {
  status: number;
  /** When the server wants to be asked again (Retry-After), in its own words or counted from now. */
  retryAfter: Date | null;
  /** The first 2,000 characters of the body, for people; may hold anything. */
  excerpt: string;
  /** The host that answered, and which credential it got. */
  from?: { hostname: string; port: number; credential: CredentialUse };
};

/** An expected fault of an outgoing request. The message names the host only: paths and queries may be personal. */
export class SafeFetchError extends Error {
  readonly reason: SafeFetchReason;
  readonly answer: RefusedAnswer | null;

  constructor(
    reason: SafeFetchReason,
    message: string,
    options: { answer?: RefusedAnswer; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SafeFetchError';
    this.reason = reason;
    this.answer = options.answer ?? null;
  }
}

/** Gives what undici and Node throw its reason; anything that is no fault of the network is returned as it is. */
export function explainFetchError(error: unknown, host: string): unknown {
  if (error instanceof SafeFetchError) return error;
  const { code: given, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  // undici's parser leaves the code out where the answer does not even begin like HTTP
  const code = given ?? (name === 'HTTPParserError' ? 'HPE_INVALID' : undefined);
  if (typeof code !== 'string') return error;
  const [reason, message] = classify(code, error as Error);
  return reason ? new SafeFetchError(reason, `${host}: ${message} (${code})`, { cause: error }) : error;
}

function classify(code: string, error: Error): [SafeFetchReason | null, string] {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    return ['unresolvable', 'the name cannot be resolved'];
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return ['unreachable', 'no connection in time'];
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return ['timeout', 'no answer in time'];
  }
  if (/^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO)/.test(code)) {
    return ['tls', `the secure connection is not to be trusted: ${error.message.split('\n', 1)[0]}`];
  }
  if (/^UND_ERR_(SOCKET|RES_CONTENT_LENGTH_MISMATCH)$/.test(code)) {
    return ['incomplete', 'the connection closed before the answer was complete'];
  }
  if (/^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES)/.test(code))
    return ['unreachable', 'the answer is no HTTP'];
  if (/^E[A-Z]+$/.test(code)) return ['unreachable', 'no connection'];
  return [null, ''];
}

/** Reads Retry-After (RFC 9110 §10.2.3): seconds, or an HTTP date. Null where it says neither. */
export function readRetryAfter(value: string | undefined, now: Date): Date | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return new Date(now.getTime() + Number(text) * 1000);
  // an HTTP date begins with a weekday; Date.parse alone would take "-5" or "1.5" for years
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : new Date(date);
}
