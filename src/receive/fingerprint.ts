import { createHash, hash } from 'node:crypto';
import { foldKey } from '../lib/fold-key.ts';
import { keyRole } from './key-role.ts';

/** `12.50` and `12.5`, `78` and `"78"`, ` x ` and `x` are the same thing said twice. */
function canonicalText(value: string): string {
  const text = value.trim();
  if (text.charCodeAt(text.length - 1) !== 48 || !/^-?\d+\.\d+$/.test(text)) return text;
  return text.replace(/\.?0+$/, '');
}

function canonicalValue(value: unknown): string {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value !== 'object' || value === null) return value == null ? '' : String(value as number);
  if (Array.isArray(value)) return `[${value.map((item) => JSON.stringify(canonicalValue(item))).join()}]`;
  return `{${canonicalObject(value as Record<string, unknown>)}}`;
}

/** Name orders already worked out, by the names as sent: sorting costs more than all the rest. */
const orders = new Map<string, { names: string[]; folded: string[] }>();

function orderOf(data: Record<string, unknown>): { names: string[]; folded: string[] } {
  const sent = Object.keys(data);
  const shape = sent.join('\n');
  const known = orders.get(shape);
  if (known) return known;
  const pairs = sent
    .filter((name) => keyRole(name) !== 'api_key' && keyRole(name) !== 'connection_id')
    .map((name) => [foldKey(name) || name, name] as const)
    .sort(([a, rawA], [b, rawB]) => (a < b ? -1 : a > b ? 1 : rawA < rawB ? -1 : 1));
  const order = { names: pairs.map(([, name]) => name), folded: pairs.map(([key]) => key) };
  if (shape.length < 4_000) {
    if (orders.size >= 1_000) orders.clear();
    orders.set(shape, order);
  }
  return order;
}

function canonicalObject(data: Record<string, unknown>): string {
  const { names, folded } = orderOf(data);
  let text = '';
  for (let index = 0; index < names.length; index++) {
    const value = canonicalValue(data[names[index]!]);
    // The length makes it impossible to move text from one field to the next unnoticed.
    if (value !== '') text += `${folded[index]}\u0000${value.length}\u0000${value}\n`;
  }
  return text;
}

/**
 * What makes two requests the same event: SHA-256 over the connection and its data in a form that survives
 * re-serialising (key order and spelling, spaces, GET against POST, number against text, blanks left out).
 * The key and the connection id are not part of the data.
 */
export function fingerprintData(connectionId: string, data: Record<string, unknown>): Buffer {
  return hash('sha256', `${connectionId}\ndata\n${canonicalObject(data)}`, 'buffer');
}

/** The same for a request that cannot be read: it counts by its bytes. */
export function fingerprintBytes(connectionId: string, body: Buffer, query: string): Buffer {
  return createHash('sha256').update(`${connectionId}\nbytes\n${query}\n`).update(body).digest();
}
