import { createHmac } from 'node:crypto';
import { Failure } from '../domain/failure.ts';
import type { SafeFetch } from '../lib/safe-fetch.ts';
import { SafeFetchError } from '../lib/safe-fetch-error.ts';

export type ReportPost = {
  /** Stays the same when it is posted again: receivers drop what they have. */
  id: string;
  url: string;
  /** `whsec_…`, base64. */
  secret: string;
  type: string;
  body: string | Buffer;
};

/**
 * Posts a report, signed as Standard Webhooks has it (https://www.standardwebhooks.com): HMAC-SHA256 over
 * `id.timestamp.body`, base64. @throws Failure
 */
export async function postReport(safeFetch: SafeFetch, post: ReportPost, now: Date): Promise<void> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  try {
    const answer = await safeFetch(post.url, {
      method: 'POST',
      headers: {
        'content-type': post.type,
        'webhook-id': post.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${sign(post, timestamp)}`,
      },
      body: post.body,
      totalSeconds: 120,
    });
    answer.drop();
  } catch (error) {
    throw toFailure(error);
  }
}

function sign({ id, secret, body }: ReportPost, timestamp: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

/** Statuses that come and go; any other refusal stays one. */
const passing = new Set([408, 409, 425, 429]);

function toFailure(error: unknown): unknown {
  if (!(error instanceof SafeFetchError)) return error;
  const status = error.answer?.status ?? null;
  const refused = status === null ? isForGood(error) : status < 500 && !passing.has(status);
  return new Failure(
    refused ? 'send.webhook-refused' : 'send.webhook-unavailable',
    refused ? 'never' : 'soon',
    error.message,
    { cause: error },
  );
}

/** Wrong by the address itself, so that trying again changes nothing. */
function isForGood({ reason }: SafeFetchError): boolean {
  return ['bad-url', 'blocked-address', 'blocked-port', 'bad-redirect'].includes(reason);
}
