import { Failure, type Retry } from '../domain/failure.ts';
import type { RefusedAnswer, SafeFetchError } from '../lib/safe-fetch-error.ts';

/** A server may ask for patience, but not for more of it than the schedule has. */
const longestWaitMs = 24 * 3600 * 1000;

/** What a fault of the fetch means for the recording, and whether another attempt makes sense. */
export function explainFetchFailure(error: SafeFetchError, now: Date): Failure {
  const fail = (code: Failure['code'], retry: Retry) =>
    new Failure(code, retry, error.message, { cause: error });
  switch (error.reason) {
    case 'bad-url':
    case 'blocked-port':
    case 'bad-redirect':
      return fail('recording.bad-url', 'never');
    case 'blocked-address':
      return fail('recording.blocked-address', 'never');
    case 'too-large':
      return fail('recording.too-large', 'never');
    case 'timeout':
    case 'too-slow':
      return fail('recording.too-slow', 'soon');
    case 'unresolvable':
    case 'unreachable':
    case 'tls':
    case 'incomplete':
    case 'bad-encoding':
      return fail('recording.unavailable', 'soon');
    case 'status':
      return explainStatus(error.message, error.answer, now);
  }
}

/** The answers of a server: not there yet, not for us, or busy. */
function explainStatus(message: string, answer: RefusedAnswer | null, now: Date): Failure {
  const status = answer?.status ?? 0;
  const retry = answer?.retryAfter ? waitUntil(answer.retryAfter, now) : 'soon';
  if (status === 404 || status === 425) return new Failure('recording.not-found', retry, message);
  if (status === 410) return new Failure('recording.not-found', 'never', `${message}: it was deleted`);
  // S3 says AccessDenied for what is not there yet; an expired link says so and stays expired
  const maybeEarly = status === 403 && /AccessDenied/.test(answer?.excerpt ?? '') && !saysExpired(answer);
  if (maybeEarly) return new Failure('recording.unauthorized', retry, message);
  if (status === 401 || status === 403) return new Failure('recording.unauthorized', 'never', message);
  return new Failure('recording.unavailable', retry, message);
}

function saysExpired(answer: RefusedAnswer | null): boolean {
  return /expired|signature/i.test(answer?.excerpt ?? '');
}

function waitUntil(wanted: Date, now: Date): Retry {
  const wait = wanted.getTime() - now.getTime();
  return wait <= 0 ? 'soon' : { at: new Date(now.getTime() + Math.min(wait, longestWaitMs)) };
}
