import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callFieldKinds } from '../domain/call-fields.ts';
import { platforms } from '../domain/connection.ts';
import { warningCodes } from '../domain/warning-codes.ts';
import { compileMapping } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';

const guide = readFileSync(new URL('../../docs/webhook.md', import.meta.url), 'utf8');
const rows = guide
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test('the guide lists every field as the code reads it', () => {
  const listed = Object.fromEntries(
    rows.filter(([name]) => /^`[a-z_]+`$/.test(name!)).map(([name, kind]) => [name!.slice(1, -1), kind]),
  );
  for (const [field, kind] of Object.entries(callFieldKinds))
    expect([field, listed[field]]).toEqual([field, kind]);
});

test('the guide lists every warning, in the words of the code', () => {
  const listed = Object.fromEntries(rows.map(([code, meaning]) => [code, meaning]));
  for (const [code, meaning] of Object.entries(warningCodes)) {
    expect([code, listed[`\`${code}\``]]).toEqual([code, meaning]);
  }
});

test('the guide names every platform', () => {
  for (const platform of platforms) expect(guide).toContain(`\`${platform}\``);
});

/** Spellings that the guide promises for a kind: what stands in backticks in its row. */
function promised(kind: string): string[] {
  const cell = rows.find(([name]) => name === kind)?.[1] ?? '';
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

const fieldOf: Partial<Record<string, string>> = {
  seconds: 'duration',
  boolean: 'converted',
  'end-call-source': 'end_call_source',
  state: 'inbound_number_state',
  zip: 'zip_code',
  count: 'sale_count',
};

test.each(Object.entries(fieldOf))(
  'every spelling promised for %s is read without a warning',
  (kind, field) => {
    const mapping = compileMapping(loadPreset('generic'));
    const settings = { timeZone: 'America/New_York', defaultCountry: 'US' };
    const spellings = promised(kind);
    expect(spellings.length).toBeGreaterThan(1);
    for (const spelling of spellings) {
      const event = normalizeEvent(
        { [field!]: spelling },
        mapping,
        settings,
        new Date('2025-07-07T18:10:00Z'),
      );
      expect([spelling, Object.keys(event.fields), event.warnings]).toEqual([spelling, [field], []]);
    }
  },
);
