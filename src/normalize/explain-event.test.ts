import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainEvent } from './explain-event.ts';
import { compileMapping } from './field-mapping.ts';
import { newYork, received } from './field-under-test.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';

const mapping = compileMapping(
  loadPreset('generic'),
  { Laenge: 'duration', Dauer: 'duration', Anruf: 'call_instance_id', Filiale: 'extra.site', art: 'event' },
  { vertical: 'legal', duration: '5' },
);

function explain(data: Record<string, unknown>) {
  return explainEvent(data, mapping, newYork, received);
}

test('each name: where it leads, what it gave, whether it was used', () => {
  const { readings } = explain({
    api_key: 'ak_x',
    Anruf: 'c-1',
    art: 'Completed',
    Dauer: '61',
    Laenge: '60',
    cost: 'much',
    filiale: 'Ost',
    items: [1],
  });
  expect(readings.map(({ name, field, result, used }) => [name, field, result, used])).toEqual([
    ['api_key', null, null, false],
    ['Anruf', 'call_instance_id', 'c-1', true],
    ['art', 'event', 'completed', true],
    ['Dauer', 'duration', '61', true],
    ['Laenge', 'duration', '60', false],
    ['cost', 'cost', null, false],
    ['filiale', 'extra.site', 'Ost', true],
    ['items', 'extra.items', '[1]', true],
    [null, 'vertical', 'legal', true],
    [null, 'duration', '5', false],
  ]);
  expect(readings[5]!.warnings.map(({ code }) => code)).toEqual(['unreadable_value']);
  expect(readings[7]!.value).toBe('[1]');
});

test('a long value is shown in part', () => {
  expect(explain({ note: 'x'.repeat(10_000) }).readings[0]!.value).toHaveLength(501);
});

const names = [
  'duration',
  'Duration',
  'Laenge',
  'Dauer',
  'call_length',
  'call_duration',
  'vertical',
  'cost',
  'x',
];
const data = fc.dictionary(
  fc.constantFrom(...names),
  fc.constantFrom<unknown>('', 'N/A', '60', 61, '1:02', 'much', 'legal', null, ['a']),
);

test('what is marked as used is what the event holds, for any event', () => {
  fc.assert(
    fc.property(data, (event) => {
      const explained = explain(event);
      expect(explained.event).toEqual(normalizeEvent(event, mapping, newYork, received));
      const used = explained.readings.filter(
        ({ used, field }) => used && field !== null && !field.startsWith('extra.'),
      );
      expect(Object.fromEntries(used.map(({ field, result }) => [field, result]))).toEqual(
        explained.event.fields,
      );
    }),
  );
});
