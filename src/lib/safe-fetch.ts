import { type Dispatcher, request as send, FormData as UndiciFormData } from 'undici';
import { bareHost, readAllowedHosts } from './safe-fetch-address.ts';
import { collectBody, excerptOf, guardBody, saveBody, tooLarge } from './safe-fetch-body.ts';
import { createGuardedAgents, type Resolve, resolveBySystem } from './safe-fetch-dial.ts';
import { explainFetchError, readRetryAfter, SafeFetchError } from './safe-fetch-error.ts';
import { firstHop, followRedirect, isRedirect } from './safe-fetch-hop.ts';
import {
  type CredentialUse,
  credentialUse,
  type FindHostRules,
  portOf,
  type Trust,
  withCredential,
} from './safe-fetch-host-rules.ts';
import { readTarget } from './safe-fetch-target.ts';

export type SafeFetchSettings = {
  /** `host` or `host:port` entries that may be private and use any port. */
  allowHosts: string[];
  /** Seconds for a connection, TLS included; 10 unless told. */
  connectSeconds?: number;
  /** Sent as User-Agent where a request has none. */
  userAgent?: string;
  /** In place of the system's resolver. */
  resolve?: Resolve;
  /** Whose certificates are believed where a request's rules say nothing; the system's authorities unless told. */
  trust?: Trust;
};

export type SafeRequest = {
  /** GET unless told. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  /** A FormData is sent as multipart; file-backed blobs in it (`fs.openAsBlob`) are streamed. */
  body?: string | Uint8Array | FormData;
  /** Cap on the decoded answer; 10 MB unless told. */
  maxBytes?: number;
  /** Seconds for everything, redirects and body included; 60 unless told. */
  totalSeconds?: number;
  /** Seconds from a request sent to its answer begun; only `totalSeconds` bounds it unless told. */
  answerSeconds?: number;
  /** Below this the body counts as stalled; 1,000 unless told. */
  minimumBytesPerSecond?: number;
  /** How long a body may stall; 20 seconds unless told. */
  stallSeconds?: number;
  /** 5 unless told. */
  maxRedirects?: number;
  /** Further ports, trust and credentials by host; asked at each redirect. */
  findHostRules?: FindHostRules;
  /** Aborts with the signal's own reason. */
  signal?: AbortSignal;
};

/** An answer with a status of 2xx. The body is read once, by one of the four, or dropped. */
export type SafeResponse = {
  status: number;
  /** Names in lower case; repeated ones joined by a comma. */
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
  /** Writes the body to a file that does not exist yet. @returns its bytes */
  save: (path: string) => Promise<number>;
  bytes: () => Promise<Buffer>;
  text: () => Promise<string>;
  /** Ends the connection of an answer whose body nobody wants. */
  drop: () => void;
};

/**
 * Sends one request. Every reader of the body throws SafeFetchError too.
 * @throws SafeFetchError for every expected fault, an answer outside 2xx among them
 */
export type SafeFetch = (url: string | URL, request?: SafeRequest) => Promise<SafeResponse>;

const usualRedirects = 5;

/**
 * The one client for requests whose address somebody else chose: it calls the public internet only (by address,
 * checked at each dial), follows few redirects and checks each, and bounds time and size.
 */
export function createSafeFetch(settings: SafeFetchSettings): SafeFetch & { close: () => Promise<void> } {
  const allowed = readAllowedHosts(settings.allowHosts);
  const agents = createGuardedAgents({
    allowed,
    connectSeconds: settings.connectSeconds ?? 10,
    resolve: settings.resolve ?? resolveBySystem,
  });

  const safeFetch: SafeFetch = async (address, request = {}) => {
    request.signal?.throwIfAborted();
    const findRules = request.findHostRules ?? (() => null);
    let hop = firstHop(readTarget(address, allowed, findRules), request, settings.userAgent ?? 'aria');
    const first = bareHost(hop.url.hostname);
    let stayed = true;
    const patience = startPatience(hop.url.host, request);
    // 0 turns off undici's own 300 s: a transcription may take longer, and the total bounds all
    const timeouts = { headersTimeout: (request.answerSeconds ?? 0) * 1000, bodyTimeout: 0 };
    try {
      for (let redirects = 0; ; redirects += 1) {
        const { url } = hop;
        stayed &&= bareHost(url.hostname) === first;
        const rules = findRules(url.hostname, portOf(url));
        const credential = credentialUse(rules?.credential ?? null, {
          url,
          stayed,
          isOwnNetwork: allowed(url.hostname, portOf(url)),
          hasAuthorization: 'authorization' in hop.headers,
        });
        const sent = credential === 'sent' ? withCredential(hop, rules!.credential!) : hop;
        const answer = await send(sent.url, {
          method: hop.method,
          headers: sent.headers,
          body: hop.body instanceof FormData ? asUndiciForm(hop.body) : hop.body,
          dispatcher: agents.get(rules?.trust ?? settings.trust ?? 'system'),
          signal: patience.signal,
          ...timeouts,
        }).catch((error) => {
          throw explainFetchError(error, url.host);
        });
        // whoever reads the body hears of its end; dropped unread it must not end the process
        answer.body.on('error', () => undefined);
        if (!isRedirect(answer.statusCode)) {
          return await readAnswer(answer, { url, credential }, request, patience);
        }
        answer.body.destroy();
        if (redirects === (request.maxRedirects ?? usualRedirects)) {
          throw new SafeFetchError('bad-redirect', `${url.host}: more than ${redirects} redirects`);
        }
        hop = followRedirect(hop, answer.statusCode, joined(answer.headers.location), allowed, findRules);
      }
    } catch (error) {
      patience.end();
      throw error;
    }
  };
  return Object.assign(safeFetch, { close: agents.close });
}

/** What ends a request from outside: its total time, its caller, its pace. */
type Patience = { signal: AbortSignal; stop: (error: unknown) => void; end: () => void };

function startPatience(host: string, request: SafeRequest): Patience {
  const controller = new AbortController();
  const stop = (error: unknown) => controller.abort(error);
  const seconds = request.totalSeconds ?? 60;
  const late = () => stop(new SafeFetchError('timeout', `${host} took longer than ${seconds} s in total`));
  // an answer that nobody reads must not keep the process alive
  const timer = setTimeout(late, seconds * 1000).unref();
  const cancel = () => stop(request.signal?.reason);
  request.signal?.addEventListener('abort', cancel, { once: true });
  const end = () => {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', cancel);
  };
  return { signal: controller.signal, stop, end };
}

async function readAnswer(
  answer: Dispatcher.ResponseData,
  asked: { url: URL; credential: CredentialUse },
  request: SafeRequest,
  patience: Patience,
): Promise<SafeResponse> {
  const status = answer.statusCode;
  const { host, hostname } = asked.url;
  const limits = {
    host,
    maxBytes: request.maxBytes ?? 10_000_000,
    minimumBytesPerSecond: request.minimumBytesPerSecond ?? 1_000,
    stallSeconds: request.stallSeconds ?? 20,
  };
  const encoding = joined(answer.headers['content-encoding']) ?? '';
  const body = endWith(guardBody(answer.body, encoding, limits, patience.stop), patience.end);
  if (status < 200 || status > 299) {
    const excerpt = await excerptOf(body, 2_000);
    const from = { hostname, port: portOf(asked.url), credential: asked.credential };
    const retryAfter = readRetryAfter(joined(answer.headers['retry-after']), new Date());
    throw new SafeFetchError('status', `${host} answered ${status}`, {
      answer: { status, retryAfter, excerpt, from },
    });
  }
  if (Number(joined(answer.headers['content-length'])) > limits.maxBytes) {
    answer.body.destroy();
    throw tooLarge(limits);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, joined(value) ?? '']);
  return {
    status,
    headers: Object.fromEntries(headers),
    body,
    save: (path) => saveBody(body, path),
    bytes: () => collectBody(body),
    text: async () => (await collectBody(body)).toString('utf8'),
    drop: () => {
      patience.end();
      answer.body.destroy();
    },
  };
}

async function* endWith(body: AsyncIterable<Uint8Array>, end: () => void) {
  try {
    yield* body;
  } finally {
    end();
  }
}

/** undici refuses the form of Node, which is the FormData that callers have at hand. */
function asUndiciForm(form: FormData): UndiciFormData {
  const copy = new UndiciFormData();
  for (const [name, value] of form) {
    if (typeof value === 'string') copy.append(name, value);
    else copy.append(name, value, value.name);
  }
  return copy;
}

function joined(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}
