import fc from 'fast-check';
import {
  billableValues,
  flagValues,
  type Outcome,
  prospectValues,
  reachedValues,
  resultValues,
} from '../../src/domain/outcome.ts';
import type { BuiltCall } from './build-calls.ts';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });
const money = fc.integer({ min: -500, max: 30_000 }).map((cents) => (cents / 100).toFixed(2));

// five days around each clock change in New York in 2025: many calls fall on days of 23 and 25 hours
const around = (first: string, last: string) =>
  fc.date({ min: new Date(first), max: new Date(last), noInvalidDate: true });
const instant = fc
  .oneof(
    around('2025-03-07T00:00:00Z', '2025-03-12T00:00:00Z'),
    around('2025-10-31T00:00:00Z', '2025-11-05T00:00:00Z'),
  )
  .map((date) => date.toISOString());

const outcome: fc.Arbitrary<Outcome> = fc.record({
  reached: fc.oneof(
    { weight: 3, arbitrary: fc.constant('conversation' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...reachedValues) },
  ),
  prospect: fc.constantFrom(...prospectValues),
  reason: fc.option(fc.constantFrom('homeowner', 'wrong_number')),
  result: fc.constantFrom(...resultValues),
  billable: fc.constantFrom(...billableValues),
  billableReason: fc.constant('rule'),
  score: fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10)),
  flags: fc.subarray([...flagValues], { maxLength: 2 }),
  explanation: fc.constant('As generated.'),
});

const call = fc.record(
  {
    call_date: maybe(instant),
    first_event_at: instant,
    is_test: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    publisher_name: maybe(fc.constantFrom('North', 'South', 'East Media', '=West')),
    buyer_name: maybe(fc.constantFrom('Acme', 'Best', 'Core')),
    campaign_name: maybe(fc.constantFrom('Summer', 'Winter')),
    caller_id: maybe(fc.integer({ min: 0, max: 60 }).map((n) => `+1818555${1000 + n}`)),
    time_to_connect: maybe(fc.integer({ min: 0, max: 90 }).map(String)),
    zip_code: maybe(fc.constantFrom('10001', '90210')),
    data_source: maybe(fc.constantFrom('web', 'radio')),
    branch_name: maybe(fc.constantFrom('Main')),
    end_call_source: maybe(fc.constantFrom('caller', 'agent')),
    vertical: maybe(fc.constantFrom('solar', 'roofing')),
    connected_call_length: maybe(fc.integer({ min: 0, max: 900 }).map(String)),
    converted: maybe(fc.boolean()),
    is_duplicate: maybe(fc.boolean()),
    revenue: maybe(fc.oneof(fc.constant('0.00'), money)),
    affiliate_payout: maybe(money),
    cost: maybe(money),
    sale_amount: maybe(fc.oneof(fc.constant('0'), money)),
    sale_count: maybe(fc.constantFrom('0', '1', '2')),
    outcome: fc.option(outcome),
  },
  { noNullPrototype: true },
);

/** Calls of all sorts, the same for the same seed. Unknown fields are absent. */
export function generateCalls(count: number, seed: number): Partial<BuiltCall>[] {
  return fc.sample(call, { numRuns: count, seed }).map((given) => {
    const known = Object.entries(given).filter(([, value]) => value !== undefined);
    return Object.fromEntries(known) as Partial<BuiltCall>;
  });
}
