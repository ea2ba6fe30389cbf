import { createHash, hash } from 'node:crypto';
import { callFieldKinds, callFields } from '../domain/call-fields.ts';
import { foldKey } from '../lib/fold-key.ts';
import { keyRole } from './key-role.ts';

type Data = Record<string, unknown>;

/** Fields in which trailing zeros say nothing: `12.50` and `12.5` are one amount. In an id they are its name. */
const numericFields = new Set(
  callFields
    .filter((field) => ['money', 'seconds', 'count'].includes(callFieldKinds[field]))
    .map((field) => foldKey(field)),
);

/** ` x ` and `x` are the same thing said twice, and so are two spellings of one amount. */
function canonicalText(value: string, isNumeric: boolean): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  // Printable ASCII at both ends leaves nothing to trim.
  const text = first > 32 && first < 127 && last > 32 && last < 127 ? value : value.trim();
  if (!isNumeric || last !== 48 || !/^-?\d+\.\d+$/.test(text)) return text;
  return text.replace(/\.?0+$/, '');
}

function canonicalValue(value: unknown, isNumeric = false): string {
  if (typeof value === 'string') return canonicalText(value, isNumeric);
  if (typeof value !== 'object' || value === null) return value == null ? '' : String(value as number);
  return Array.isArray(value)
    ? JSON.stringify(value.map((item) => canonicalValue(item)))
    : canonicalObject(value as Data);
}

/** Names in the order of their folded form, without those that say who sends. */
type Order = { names: string[]; folded: string[]; allFolded: string; numeric: boolean[] };

/** Orders already worked out, by the names as sent: sorting would cost more than all the rest. */
const orders = new Map<string, Order>();

function orderOf(data: Data): Order {
  const sent = Object.keys(data);
  const shape = sent.join('\n');
  const known = orders.get(shape);
  if (known) return known;
  const pairs = sent
    .filter((name) => keyRole(name) !== 'api_key' && keyRole(name) !== 'connection_id')
    .map((name) => [foldKey(name) || name, name] as const)
    .sort(([a, rawA], [b, rawB]) => (a < b ? -1 : a > b ? 1 : rawA < rawB ? -1 : 1));
  const folded = pairs.map(([key]) => key);
  const order = {
    names: pairs.map(([, name]) => name),
    folded,
    allFolded: JSON.stringify(folded),
    numeric: folded.map((key) => numericFields.has(key)),
  };
  if (shape.length < 4_000) {
    if (orders.size >= 1_000) orders.clear();
    orders.set(shape, order);
  }
  return order;
}

/** Names and values as two JSON lists, blanks left out: one text per meaning, and no two meanings share one. */
function canonicalObject(data: Data): string {
  const { names, folded, allFolded, numeric } = orderOf(data);
  const values: string[] = [];
  const filled: number[] = [];
  for (let index = 0; index < names.length; index++) {
    const value = canonicalValue(data[names[index]!], numeric[index]);
    if (value === '') continue;
    values.push(value);
    filled.push(index);
  }
  const keys =
    filled.length === names.length ? allFolded : JSON.stringify(filled.map((index) => folded[index]));
  return `${keys}${JSON.stringify(values)}`;
}

/**
 * What makes two requests the same event: SHA-256 over the connection and its data in a form that survives
 * re-serialising (key order and spelling, spaces, GET against POST, number against text, blanks left out).
 * The key and the connection id are not part of the data. What becomes of the event is: sent again after its cause
 * is mended, an event that was kept without being used is no repeat.
 */
export function fingerprintData(connectionId: string, data: Data, status: string): Buffer {
  return hash('sha256', `${connectionId}\ndata ${status}\n${canonicalObject(data)}`, 'buffer');
}

/** The same for a request that cannot be read: it counts by its bytes. */
export function fingerprintBytes(connectionId: string, body: Buffer, query: string): Buffer {
  return createHash('sha256').update(`${connectionId}\nbytes\n${query}\n`).update(body).digest();
}
