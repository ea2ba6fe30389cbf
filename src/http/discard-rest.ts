import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';

/** Enough for some megabytes over a slow line; a sender that waits for our answer first waits this long. */
const patienceMs = 1_000;

/**
 * Reads on past a body that is refused, for a moment: a sender that still writes when the connection closes gets a
 * reset instead of the answer, and sends the same again.
 */
export async function discardRest(stream: IncomingMessage): Promise<void> {
  stream.resume();
  await finished(stream, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
}
