import { Failure } from '../../domain/failure.ts';
import type { SafeFetchError } from '../../lib/safe-fetch-error.ts';

/** Words with which providers say that money, not time, is missing; some send them with 429 or 400. */
const outOfCredit = /insufficient_quota|billing|credit|balance|payment|exceeded your current quota/i;
/** Words with which providers say that this one recording is the trouble, not the account. */
const badAudio = /audio|file|media|format|decode|transcod|corrupt|duration|too (short|long|large)/i;

/**
 * What a fault of a provider's request means. What only a person can mend (key, credit, model name) parks the
 * provider; what is wrong with this one recording never comes right there; what passes is tried again, at the time
 * the server names where it names one.
 */
export function explainRefusal(error: SafeFetchError): Failure {
  const options = { cause: error };
  const refused = (detail: string) => new Failure('transcribe.provider-refused', 'park', detail, options);
  const away = (detail: string, at?: Date | null) =>
    new Failure('transcribe.provider-unavailable', at ? { notBefore: at } : 'soon', detail, options);
  const { reason, answer, message } = error;
  if (reason === 'status' && answer) {
    const { status, retryAfter, excerpt } = answer;
    const said = excerptOf(excerpt);
    const detail = `${message}${said && `: ${said}`}`;
    if (status === 429 && outOfCredit.test(excerpt)) return refused(detail);
    if (status === 408 || status === 429 || status >= 500) return away(detail, retryAfter);
    const aboutAudio = [413, 415].includes(status) || ([400, 422].includes(status) && badAudio.test(said));
    if (aboutAudio && !outOfCredit.test(said))
      return new Failure('transcribe.recording-refused', 'never', detail, options);
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

/**
 * The server's own message where it follows its protocol (OpenAI `message`, Deepgram `err_msg`, AssemblyAI `error`);
 * nothing else of the body, which may repeat the call.
 */
function excerptOf(body: string): string {
  return /"(?:message|err_msg|error)"\s*:\s*"((?:[^"\\]|\\.){1,200})/.exec(body)?.[1] ?? '';
}
