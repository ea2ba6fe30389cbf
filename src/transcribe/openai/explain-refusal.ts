import { Failure } from '../../domain/failure.ts';
import type { SafeFetchError } from '../../lib/safe-fetch-error.ts';

/** Words with which providers say that money, not time, is missing; some send them with 429. */
const outOfCredit = /insufficient_quota|billing|credit|exceeded your current quota/i;

/**
 * What a fault of a transcription request means for the stage: what only a person can mend parks, what passes is
 * tried again, at the time the server names where it names one.
 */
export function explainRefusal(error: SafeFetchError): Failure {
  const options = { cause: error };
  const refused = (detail: string) => new Failure('transcribe.provider-refused', 'park', detail, options);
  const away = (detail: string, at?: Date | null) =>
    new Failure('transcribe.provider-unavailable', at ? { at } : 'soon', detail, options);
  const { reason, answer, message } = error;
  if (reason === 'status' && answer) {
    const { status, retryAfter, excerpt } = answer;
    const detail = `${message}${excerptOf(excerpt)}`;
    if (status === 429 && outOfCredit.test(excerpt)) return refused(detail);
    if (status === 408 || status === 429 || status >= 500) return away(detail, retryAfter);
    return refused(detail);
  }
  switch (reason) {
    case 'bad-url':
    case 'blocked-address':
    case 'blocked-port':
    case 'bad-redirect':
      return refused(message);
    case 'too-large':
    case 'bad-encoding':
      return new Failure('transcribe.bad-answer', 'soon', message, options);
    default:
      return away(message);
  }
}

/** The server's own message where it follows the protocol; nothing else of the body, which may repeat the call. */
function excerptOf(body: string): string {
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.){1,200})/.exec(body)?.[1];
  return said ? `: ${said}` : '';
}
