import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventKinds } from '../domain/event.ts';
import { type MergedEvent, mergeEvents } from './merge.ts';

function event(
  arrival: number,
  kind: MergedEvent['kind'],
  fields: MergedEvent['fields'],
  extra = {},
): MergedEvent {
  return { id: `evt_${arrival}`, kind, arrival, fields, extra };
}

test('row 95: disposition before completion gives the same call as after it', () => {
  const disposition = event(1, 'disposition', { sale_amount: '450', converted: true });
  const completion = event(2, 'completed', { duration: '78', buyer_name: 'Joe' });
  expect(mergeEvents([disposition, completion]).fields).toEqual({
    sale_amount: '450',
    converted: true,
    duration: '78',
    buyer_name: 'Joe',
  });
});

test('row 98: a blank never erases, and sources name the giving event', () => {
  const merged = mergeEvents([
    event(1, 'completed', { duration: '78', revenue: '40.00' }, { agent: 'Kim' }),
    event(2, 'disposition', { revenue: '0' }, { agent: '' }),
  ]);
  expect(merged).toEqual({
    fields: { duration: '78', revenue: '0' },
    extra: { agent: 'Kim' },
    sources: { duration: 'evt_1', revenue: 'evt_2' },
  });
});

test('row 100: a late incoming event with duration 0 does not overwrite a completed 78', () => {
  const merged = mergeEvents([
    event(1, 'completed', { duration: '78' }),
    event(2, 'incoming', { duration: '0', zip_code: '10001' }),
    event(3, 'connected', { duration: '1' }),
  ]);
  expect(merged.fields).toEqual({ duration: '78', zip_code: '10001' });
});

test('rows 101, 102: of two known values the later one holds', () => {
  const merged = mergeEvents([
    event(2, 'disposition', { converted: false }),
    event(1, 'disposition', { converted: true }),
  ]);
  expect(merged.fields.converted).toBe(false);
});

const fields = fc.record(
  {
    duration: fc.constantFrom('0', '78', '79'),
    converted: fc.boolean(),
    revenue: fc.constantFrom('0', '12.50'),
    buyer_name: fc.constantFrom('A', 'B'),
  },
  { requiredKeys: [] },
);
const history = fc
  .array(
    fc.tuple(
      fc.constantFrom(...eventKinds),
      fields,
      fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2', '', null)),
    ),
  )
  .map((list) => list.map(([kind, values, extra], index) => event(index, kind, values, extra)));

test('the result depends neither on the order of the input nor on repeats', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (events, random) => {
      const expected = mergeEvents(events);
      const shuffled = events
        .map((value) => ({ value, at: random.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ value }) => value);
      expect(mergeEvents(shuffled)).toEqual(expected);
      expect(mergeEvents([...shuffled, ...events])).toEqual(expected);
    }),
  );
});

test('no known value is ever lost', () => {
  fc.assert(
    fc.property(history, (events) => {
      const merged = mergeEvents(events);
      for (const { fields: own, extra } of events) {
        for (const field of Object.keys(own)) expect(merged.fields).toHaveProperty(field);
        for (const [name, value] of Object.entries(extra))
          if (value) expect(merged.extra).toHaveProperty(name);
      }
    }),
  );
});

test('events may be folded in steps: a merged call plus a later event is the whole', () => {
  fc.assert(
    fc.property(history, (events) => {
      const late = events.map((each) => ({ ...each, kind: 'completed' as const }));
      const [last, rest] = [late.at(-1), late.slice(0, -1)];
      fc.pre(last !== undefined);
      const before = mergeEvents(rest);
      const step = mergeEvents([
        { id: 'before', kind: 'completed', arrival: -1, fields: before.fields, extra: before.extra },
        last!,
      ]);
      expect(step.fields).toEqual(mergeEvents(late).fields);
      expect(step.extra).toEqual(mergeEvents(late).extra);
    }),
  );
});
