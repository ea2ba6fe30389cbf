import { z } from 'zod';
import { averageDays, disagreementKinds } from '../domain/disagreement.ts';
import { decimal } from './shapes.ts';

/** What a disagreement of one call is worth. */
export const stake = z
  .object({
    kind: z.enum(disagreementKinds),
    money: decimal
      .nullable()
      .describe(
        'what was reported, or an estimate; null: no amount was reported, or the buyer paid for no call',
      ),
    estimate: z
      .object({
        count: z.int().describe('of how many billed calls, or reported sale amounts, `money` is the average'),
        from: z.string().describe('first day of the period'),
        to: z.string().describe('its last day: that of the call'),
      })
      .nullable()
      .describe(
        'where `money` is what the same buyer paid on average for a billed call (qualified_not_billed), or reported on ' +
          `average as a sale amount (sale_heard_not_reported), in the ${averageDays} days up to and including that of the ` +
          'call, by the clocks of its connection; null: `money` was reported of this call',
      ),
  })
  .meta({ id: 'Stake' });
