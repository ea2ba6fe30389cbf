import type { Connection } from '../domain/connection.ts';
import { newKey } from '../lib/keys.ts';
import type { ItemAnswer } from './answer.ts';
import { type ReceiveDeps, receiveEvent } from './receive-event.ts';

/**
 * Receives an event marked as test on the very way of a platform's request, but for the key, which Aria itself
 * does not know: it stands for a sender who has the right one.
 */
export async function sendTestEvent(
  connection: Connection,
  data: Record<string, unknown>,
  deps: ReceiveDeps,
): Promise<ItemAnswer> {
  const request = {
    method: 'POST',
    contentType: 'application/json',
    query: '',
    body: Buffer.from(JSON.stringify({ ...data, aria_test: 'true' })),
    fault: null,
    headerKey: newKey('ak'),
    pathConnectionId: connection.id,
    headerConnectionId: null,
  };
  const answers = await receiveEvent(request, { ...deps, findConnection: async () => connection });
  return answers[0]!;
}
