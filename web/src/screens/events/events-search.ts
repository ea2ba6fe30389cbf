import { z } from 'zod';
import { eventKinds } from '../../../../src/domain/event.ts';
import { viewerZone } from '../../format/time.ts';
import { periodQuery, periodSearch } from '../../period/period.ts';

const text = z.string().min(1).optional().catch(undefined);

/** The filters of the events log as they stand in the address; what cannot be read is dropped. */
export const eventsSearch = z.object({
  ...periodSearch,
  connection_id: text,
  call_instance_id: text,
  status: z.enum(['accepted', 'quarantined', 'skipped']).optional().catch(undefined),
  kind: z.enum(eventKinds).optional().catch(undefined),
  warnings: z.enum(['any', 'none']).optional().catch(undefined),
  test: z.enum(['exclude', 'only']).optional().catch(undefined),
});
export type EventsSearch = z.output<typeof eventsSearch>;

/** What the API is asked for. */
export function eventsQuery({ period, from, to, ...filters }: EventsSearch, now: Date) {
  return { ...filters, ...periodQuery({ period, from, to }, now, viewerZone), time_zone: viewerZone };
}
