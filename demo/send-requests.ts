import { z } from 'zod';
import { request as send } from './http.ts';
import type { PlatformRequest } from './platforms/account.ts';

/** What came of a request: the event's id where one was kept. */
export type Sent = { request: PlatformRequest; eventId: string | null; status: string };

/** The part of an answer, receipt or problem, that matters here. A problem's `status` is a number. */
const receipt = z.object({
  id: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
});

/** Sends requests one after another, as a platform does for one call; answers are kept for checking. */
export async function sendRequests(requests: readonly PlatformRequest[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const request of requests) {
    const { method, headers, body } = request;
    const response = await send(request.url, { method, headers, body });
    const { id, status: said } = receipt.parse(await response.json().catch(() => ({})));
    const eventId = id ?? null;
    // An event that was kept but cannot be used is answered 4xx, with its id.
    const status = response.ok
      ? (said ?? 'unclear')
      : eventId === null
        ? `refused ${response.status}`
        : 'quarantined';
    sent.push({ request, eventId, status });
  }
  return sent;
}

/** Requests that were not answered as they should have been, in words. */
export function unexpectedAnswers(sent: readonly Sent[]): string[] {
  return sent
    .filter(({ request, status }) => status !== request.expected)
    .map(
      ({ request, status }) =>
        `${request.what} of ${request.callInstanceId}: ${status}, not ${request.expected}`,
    );
}

/** How many requests were answered how, e.g. `90 accepted, 3 duplicate`. */
export function countAnswers(sent: readonly Sent[]): string {
  const groups = Map.groupBy(sent, ({ status }) => status);
  return [...groups].map(([status, { length }]) => `${length} ${status}`).join(', ');
}
