import { Failure, type Retry } from '../domain/failure.ts';
import type { RefusedAnswer, SafeFetchError } from '../lib/safe-fetch-error.ts';
import { describeAnswer, saysExpired } from './describe-answer.ts';
import type { FindRecordingHostRules } from './host-rules.ts';
import { readableWords } from './readable-words.ts';

/** A server may ask for patience, but not for more of it than the schedule has. */
const longestWaitMs = 24 * 3600 * 1000;

export type FetchContext = {
  now: Date;
  /** What the connection says of a host; for telling what was tried. */
  findHostRules: FindRecordingHostRules;
  /** Cuts credentials out of what the server said. */
  withoutSecrets: (text: string) => string;
};

/** What a fault of the fetch means for the recording, and whether another attempt makes sense. */
export function explainFetchFailure(error: SafeFetchError, context: FetchContext): Failure {
  const fail = (code: Failure['code'], retry: Retry) =>
    new Failure(code, retry, error.message, { cause: error });
  switch (error.reason) {
    case 'bad-url':
    case 'bad-redirect':
      return fail('recording.bad-url', 'never');
    case 'blocked-port':
      return fail('recording.blocked-port', 'never');
    case 'blocked-address':
      return fail('recording.blocked-address', 'never');
    case 'too-large':
      return fail('recording.too-large', 'never');
    case 'timeout':
    case 'too-slow':
      return fail('recording.too-slow', 'soon');
    case 'tls':
      return fail('recording.untrusted', 'soon');
    case 'unresolvable':
    case 'unreachable':
    case 'incomplete':
    case 'bad-encoding':
      return fail('recording.unavailable', 'soon');
    case 'status':
      return error.answer ? explainStatus(error.message, error.answer, context) : fail('internal', 'soon');
  }
}

/** The answers of a server: not there yet, not for us, or busy. */
function explainStatus(message: string, answer: RefusedAnswer, context: FetchContext): Failure {
  const { status } = answer;
  const excerpt = context.withoutSecrets(answer.excerpt);
  const retry = answer.retryAfter ? waitUntil(answer.retryAfter, context.now) : 'soon';
  if (status === 404 || status === 425) return new Failure('recording.not-found', retry, message);
  if (status === 410) return new Failure('recording.not-found', 'never', `${message}: it was deleted`);
  if (status === 401 || status === 403) {
    const detail = `${message}. ${tellCredential(answer, context)}${quote(excerpt)}`;
    // S3 says AccessDenied for what is not there yet; an expired link says so and stays expired
    const maybeEarly = status === 403 && /AccessDenied/.test(excerpt) && !saysExpired(excerpt);
    return new Failure('recording.unauthorized', maybeEarly ? retry : 'never', detail);
  }
  if (status === 429) return new Failure('recording.rate-limited', retry, message);
  return new Failure('recording.unavailable', retry, `${message}.${quote(excerpt)}`);
}

const kindWords = {
  bearer: 'bearer token',
  basic: 'user and password',
  query: 'parameter',
  header: 'header',
} as const;

/** Which credential was tried, in a sentence. */
function tellCredential({ from }: RefusedAnswer, context: FetchContext): string {
  const rules = from ? context.findHostRules(from.hostname, from.port) : null;
  const named = `The ${kindWords[rules?.kind ?? 'bearer']} set for ${rules?.pattern ?? 'it'}`;
  switch (from?.credential ?? 'none') {
    case 'sent':
      return `${named} was sent and refused.`;
    case 'withheld':
      return `${named} was not sent, since the address is not https.`;
    case 'other-host':
      return `${named} was not sent, since a redirect from another host led there.`;
    case 'address':
      return 'The user and password in the address were sent and refused.';
    case 'none':
      return 'No credentials were sent: none are set for this host.';
  }
}

function quote(excerpt: string): string {
  const described = describeAnswer(excerpt);
  const words = readableWords(excerpt);
  if (described === '' && words === '') return '';
  const said = words === '' ? '' : `: "${words}"`;
  return described === '' ? ` It said${said}` : ` It sent ${described}${said}`;
}

function waitUntil(wanted: Date, now: Date): Retry {
  const wait = wanted.getTime() - now.getTime();
  return wait <= 0 ? 'soon' : { notBefore: new Date(now.getTime() + Math.min(wait, longestWaitMs)) };
}
