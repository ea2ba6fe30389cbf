import type { EventBody } from '../contract/events.ts';
import { callFieldKinds, callFields } from '../domain/call-fields.ts';
import { toCsvStream } from './csv-stream.ts';
import type { Cell, Column } from './table-model.ts';

/** What is known of the request itself; the fields as read follow. */
const requestColumns: [heading: string, kind: Column['kind'], cell: (event: EventBody) => Cell][] = [
  ['id', 'text', (event) => event.id],
  ['received_at', 'text', (event) => event.received_at],
  ['connection_id', 'text', (event) => event.connection_id],
  ['call_instance_id', 'text', (event) => event.call_instance_id],
  ['call_id', 'text', (event) => event.call_id],
  ['status', 'text', (event) => event.status],
  ['kind', 'text', (event) => event.kind],
  ['is_test', 'text', (event) => String(event.is_test)],
  ['deliveries', 'number', (event) => event.deliveries],
  ['method', 'text', (event) => event.method],
  [
    'warnings',
    'text',
    ({ warnings }) => warnings.map((w) => `${w.field} ${w.code}: ${w.message}`).join(' | '),
  ],
];

// calls' own identity is among the columns before
const fields = callFields.filter((field) => !requestColumns.some(([heading]) => heading === field));

const columns: Column[] = [
  ...requestColumns.map(([heading, kind]) => ({ heading, kind })),
  ...fields.map((heading) => ({ heading, kind: kindOf(heading) })),
];

/** The events log as CSV, without the bodies: one row an event, with its warnings and its fields as read. */
export function eventsCsv(pages: AsyncIterable<EventBody[]>): AsyncGenerator<string> {
  return toCsvStream(columns, cells(pages));
}

async function* cells(pages: AsyncIterable<EventBody[]>): AsyncGenerator<Cell[][]> {
  for await (const page of pages) yield page.map(toCells);
}

function toCells(event: EventBody): Cell[] {
  const request = requestColumns.map(([, , cell]) => cell(event));
  return [...request, ...fields.map((field) => toCell(event.fields[field]))];
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' ? value : String(value);
}

function kindOf(field: (typeof callFields)[number]): Column['kind'] {
  const kind = callFieldKinds[field];
  if (kind === 'phone') return 'phone';
  return kind === 'money' || kind === 'seconds' || kind === 'count' ? 'number' : 'text';
}
