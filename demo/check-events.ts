import { listEvents } from '../src/contract/events.ts';
import { type Api, allItems } from './api.ts';
import type { Sent } from './send-requests.ts';

/** Events that Aria acknowledged and does not have, in words. */
export async function missingEvents(api: Api, sent: readonly Sent[]): Promise<string[]> {
  const kept = new Set((await allItems((query) => api(listEvents, query))).map(({ id }) => id));
  return sent
    .filter(({ eventId }) => eventId !== null && !kept.has(eventId))
    .map(({ request, eventId }) => `${eventId} (${request.what}) was acknowledged and is not there`);
}
