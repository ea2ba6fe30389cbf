import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { disagreementKinds, findDisagreements } from '../../src/domain/disagreement.ts';
import { billableValues, resultValues } from '../../src/domain/outcome.ts';
import { databaseForTest } from '../support/database.ts';

test('what would disagree is what the database says once it is stored', async () => {
  const { db } = await databaseForTest();
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
    values ('call_1', 'con_1', 'one', 1, 1)`.execute(db);
  const money = fc.option(fc.constantFrom('0', '0.00', '0.01', '40', '-5', '-0.00'));
  await fc.assert(
    fc.asyncProperty(
      fc.record({ revenue: money, saleAmount: money, saleCount: money }),
      fc.option(
        fc.record({ billable: fc.constantFrom(...billableValues), result: fc.constantFrom(...resultValues) }),
      ),
      async (reported, outcome) => {
        const { rows } = await sql<Record<string, boolean>>`
          update call set revenue = ${reported.revenue}, sale_amount = ${reported.saleAmount},
            sale_count = ${reported.saleCount}, billable = ${outcome?.billable ?? null},
            result = ${outcome?.result ?? null}
          returning billed_not_qualified, qualified_not_billed, sale_heard_not_reported, sale_reported_not_heard`.execute(
          db,
        );
        const stored = disagreementKinds.filter((kind) => rows[0]![kind]);
        expect(findDisagreements(outcome, reported)).toEqual(stored);
      },
    ),
    { numRuns: 300 },
  );
});
