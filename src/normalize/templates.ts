import type { ConnectionSecretBody } from '../contract/connections.ts';
import type { Platform } from '../domain/connection.ts';
import { loadPreset, type Preset } from './presets.ts';
import { testEvent } from './test-event.ts';

type Keys = { url: string; apiKey: string; connectionId: string };
type Template = ConnectionSecretBody['templates'][number];

/** Tokens must reach the platform as they are: only what stands outside of brackets and braces is encoded. */
function encodeAroundTokens(value: string): string {
  return value
    .split(/(\[[^\]]*\]|\{\{[^}]*\}\}|\{[^}]*\}|<[^>]*>)/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}

function asQuery(values: [string, string][]): string {
  return values.map(([name, value]) => `${name}=${encodeAroundTokens(value)}`).join('&');
}

function render(template: Preset['templates'][number], keys: Keys): Template {
  const values: [string, string][] = [
    ['api_key', keys.apiKey],
    ['connection_id', keys.connectionId],
    ['event', template.event],
    ...Object.entries(template.fields),
  ];
  const { trigger, method, where, content_type } = template;
  if (method === 'GET' || template.keys_in === 'url')
    return { trigger, method, where, content_type, url: `${keys.url}?${asQuery(values)}`, body: '' };
  const body =
    content_type === 'application/json'
      ? JSON.stringify(Object.fromEntries(values), null, 2)
      : asQuery(values);
  return { trigger, method, where, content_type, url: keys.url, body };
}

/** The requests to paste at a platform, one per trigger, with the connection's keys filled in. */
export function templatesFor(platform: Platform, keys: Keys): Template[] {
  return loadPreset(platform).templates.map((template) => render(template, keys));
}

/** Text inside single quotes of a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command that posts one realistic event with all 36 documented fields. `now` in the connection's zone becomes
 * its call_date.
 */
export function curlFor(keys: Keys & { timeZone: string; now?: Date }): string {
  const body = JSON.stringify(testEvent({ now: new Date(), ...keys }), null, 2);
  return `curl -sS -X POST ${shellQuoted(keys.url)} -H 'Content-Type: application/json' -d ${shellQuoted(body)}`;
}
