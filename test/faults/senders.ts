import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Tally } from './tally.ts';

export type Senders = { stop: () => Promise<void> };

type SenderOptions = {
  url: string;
  keys: { connectionId: string; apiKey: string };
  tally: Tally;
  count: number;
  /** Starts all call ids and marks of this load, so that it can be told from others in the store. */
  prefix: string;
  /** Whether the fault may break connections: it kills the server. */
  mayDrop: boolean;
};

const kinds = ['incoming', 'completed', 'converted', undefined];
const dropped = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
/** Longer than any fault lasts: what has no answer by then hangs. */
const patienceMs = 30_000;

/**
 * Posts events as call platforms do: a few per call, in any order, over kept connections. What fails is sent again,
 * byte for byte, until it is acknowledged or the load stops.
 */
export function startSenders(options: SenderOptions): Senders {
  const pool = new Pool(options.url, {
    connections: options.count,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
  });
  let stopped = false;
  const sender = async (place: number) => {
    for (let number = 0; !stopped; number++) {
      const call = `${options.prefix}-${place}-${number}`;
      // all events of a call at once: they meet in the same flush, or in two that overlap
      const events = Array.from({ length: 1 + (number % 3) }, (_, i) => makeEvent(call, i, options.keys));
      await Promise.all(events.map((event) => deliver(pool, event, options, () => stopped)));
    }
  };
  const running = Promise.all(Array.from({ length: options.count }, (_, place) => sender(place)));
  return {
    async stop() {
      stopped = true;
      await running;
      if (!pool.closed) await pool.close();
    },
  };
}

function makeEvent(call: string, index: number, keys: SenderOptions['keys']): Record<string, unknown> {
  const mark = `${call}-${index}`;
  return {
    api_key: keys.apiKey,
    connection_id: keys.connectionId,
    call_instance_id: call,
    event: kinds[(call.length + index) % kinds.length],
    duration: String(10 + index),
    mark,
    [`note_${index}`]: mark,
  };
}

async function deliver(
  pool: Pool,
  event: Record<string, unknown>,
  options: SenderOptions,
  stopped: () => boolean,
): Promise<void> {
  const { tally } = options;
  const mark = String(event.mark);
  const body = JSON.stringify(event);
  tally.sent.add(mark);
  let started = performance.now();
  while (!(await post(pool, body, mark, options))) {
    if (stopped()) return;
    await sleep(50 + Math.random() * 150);
    started = performance.now();
  }
  tally.acknowledged.add(mark);
  tally.lastAcknowledged = Math.max(tally.lastAcknowledged, started);
}

/** @returns whether the event was acknowledged */
async function post(
  pool: Pool,
  body: string,
  mark: string,
  { tally, mayDrop }: SenderOptions,
): Promise<boolean> {
  const count = (outcome: string) => {
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
  };
  const headers = { 'content-type': 'application/json' };
  try {
    const answer = await pool.request({ method: 'POST', path: '/v1/events', headers, body });
    const text = await answer.body.text();
    count(String(answer.statusCode));
    if (answer.statusCode === 200 || answer.statusCode === 202) return true;
    if (answer.statusCode !== 503) tally.wrong.push(`${mark}: ${answer.statusCode} ${text.slice(0, 300)}`);
    else if (!answer.headers['retry-after']) tally.wrong.push(`${mark}: 503 without Retry-After: ${text}`);
  } catch (error) {
    const { code = 'unknown', message } = error as { code?: string; message: string };
    count(code);
    if (!mayDrop || !dropped.has(code)) tally.wrong.push(`${mark}: ${code} ${message}`);
  }
  return false;
}
