import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { platforms } from '../domain/connection.ts';
import { compileMapping } from './field-mapping.ts';
import { normalizeEvent } from './normalize-event.ts';
import { loadPreset } from './presets.ts';
import { curlFor, templatesFor } from './templates.ts';
import { contractDate } from './test-event.ts';

const keys = {
  url: 'https://aria.example.com/v1/events',
  apiKey: `ak_${'A'.repeat(43)}`,
  connectionId: 'con_1',
};
const settings = { timeZone: 'America/New_York', defaultCountry: 'US' };

/** What the platform would send: the template's body or query as name and value. */
function sentBy(template: ReturnType<typeof templatesFor>[number]): Record<string, string> {
  if (template.body.startsWith('{')) return JSON.parse(template.body);
  const query = template.body === '' ? template.url.slice(template.url.indexOf('?') + 1) : template.body;
  return Object.fromEntries(new URLSearchParams(query));
}

test.each(platforms)('%s: every template carries key, connection and the kind it is for', (platform) => {
  const preset = loadPreset(platform);
  for (const [index, template] of templatesFor(platform, keys).entries()) {
    const sent = sentBy(template);
    expect(sent).toMatchObject({ api_key: keys.apiKey, connection_id: 'con_1' });
    expect(template.where).not.toBe('');
    const event = normalizeEvent(sent, compileMapping(preset), settings, new Date());
    expect(event.kind).toBe(preset.templates[index]!.event);
  }
});

test.each(platforms)('%s: a token that the platform does not replace is named, never stored', (platform) => {
  for (const template of templatesFor(platform, keys)) {
    const sent = sentBy(template);
    const tokens = Object.values(sent).filter((value) => /[[{]/.test(value));
    const event = normalizeEvent(sent, compileMapping(loadPreset(platform)), settings, new Date());
    expect(event.warnings.map((w) => w.code)).toEqual(tokens.map(() => 'unresolved_token'));
    if (tokens.length > 0) expect(event.callInstanceId).toBeNull();
  }
});

test('every documented field is in one of the generic templates', () => {
  const fields = templatesFor('generic', keys).flatMap((template) => Object.keys(sentBy(template)));
  expect(new Set(fields).size).toBe(37);
});

test('the curl posts an event of all 36 fields, dated now in the connection’s zone', () => {
  const now = new Date('2025-07-07T17:59:05Z');
  const command = curlFor({ ...keys, timeZone: 'America/New_York', now });
  // The shell itself says what curl would get.
  const args = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`])
    .toString()
    .split('\0');
  expect(args).toContain(keys.url);
  const body = JSON.parse(args[args.indexOf('-d') + 1]!);
  expect(body.call_date).toBe('07/07/2025 01:59:05 PM');
  expect(body.api_key).toBe(keys.apiKey);
  expect(Object.keys(body).filter((name) => name !== 'aria_test')).toHaveLength(36);
});

test('dates are written as the contract has them', () => {
  expect(contractDate(new Date('2025-01-01T05:00:00Z'), 'America/New_York')).toBe('01/01/2025 12:00:00 AM');
  expect(contractDate(new Date('2025-01-01T17:00:00Z'), 'America/New_York')).toBe('01/01/2025 12:00:00 PM');
  expect(contractDate(new Date('2025-01-31T17:00:00Z'), 'America/New_York', 'day-first')).toBe(
    '31/01/2025 12:00:00 PM',
  );
});
