import { type RawBuilder, sql } from 'kysely';
import type { Dimension } from '../contract/reports.ts';

/**
 * What rollups are kept by: `all` calls together, `quarter` the minute at which the quarter of the hour begins (for
 * zones that are half an hour off), and those fields of a call that have few values. Of `call c`.
 */
export const rollupKeys = {
  all: sql`null::text`,
  quarter: sql`(15 * floor(extract(minute from c.call_at at time zone 'UTC') / 15))::int::text`,
  publisher: sql`c.publisher_name`,
  buyer: sql`c.buyer_name`,
  campaign: sql`c.campaign_name`,
  target: sql`c.target_name`,
  vertical: sql`c.vertical`,
  state: sql`c.inbound_number_state`,
  connection: sql`c.connection_id`,
  reached: sql`c.reached`,
  prospect: sql`c.prospect`,
  reason: sql`c.reason`,
  result: sql`c.result`,
  billable: sql`c.billable`,
} as const satisfies Partial<Record<Dimension | 'all' | 'quarter', RawBuilder<unknown>>>;

export type RollupDimension = keyof typeof rollupKeys;

/** Whether a dimension of reports has rollups of its own. */
export function isRolledUp(by: string): by is RollupDimension & Dimension {
  return Object.hasOwn(rollupKeys, by) && by !== 'all' && by !== 'quarter';
}
