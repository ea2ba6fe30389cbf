import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../db/database.ts';
import { averageDays } from '../domain/disagreement.ts';
import { readClosedPeriod } from './period.ts';
import { readMarks } from './read-marks.ts';
import { pricesOfBuyer } from './report-source.ts';
import { cutPeriod } from './rollup-spans.ts';

/** Decimal text, whole cents; null where there is none to take the average of. */
type Average = { money: string | null; count: number };

/** Days are dates such as `2025-07-07`; `to` is the last one. */
export type BuyerAverages = {
  from: string;
  to: string;
  /** Revenue per billed call. */
  billed: Average;
  /** Amount per call with a sale amount. */
  sold: Average;
};

/**
 * So many marked hours, the newest, are read as calls, so that a call's page never waits for a backlog: while more wait to
 * be folded, the others count as they last were.
 */
const hoursRead = 50;

/**
 * What a buyer paid on average for a billed call, and reported on average as a sale amount, on the day of `at` and in the
 * days before it ({@link averageDays} together): by the definition of reports' estimates, over this period. Reads some
 * sixty rows of rollups, and of calls only those of this buyer in hours that changed a moment ago.
 * @param buyer null: calls without one
 * @returns null where the year is none in which calls were made
 */
export async function readBuyerAverages(
  db: Database,
  buyer: string | null,
  at: Date,
  timeZone: string,
): Promise<BuyerAverages | null> {
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  // beyond these, reports have no period
  if (day.year <= 1900 || day.year >= 2300) return null;
  const days = { from: day.subtract({ days: averageDays - 1 }).toString(), to: day.toString() };
  const spans = cutPeriod(readClosedPeriod({ ...days, time_zone: timeZone }, at), 'month');
  const covered = [...spans.months, ...spans.days, ...spans.hours];
  const { rows } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      // in one snapshot: which hours are marked, and the sums
      const marks = await readMarks(tx, covered, hoursRead);
      return sql<{ price: string | null; billed: number; sale: string | null; sold: number }>`
        select round(sum(billed_money) / nullif(sum(billed), 0), 2)::text as price, coalesce(sum(billed), 0)::int as billed,
          round(sum(sold_money) / nullif(sum(sold), 0), 2)::text as sale, coalesce(sum(sold), 0)::int as sold
        from (${pricesOfBuyer(buyer, spans, marks)}) price`.execute(tx);
    });
  const { price, billed, sale, sold } = rows[0]!;
  return { ...days, billed: { money: price, count: billed }, sold: { money: sale, count: sold } };
}
