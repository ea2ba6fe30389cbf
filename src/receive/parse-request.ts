import type { Warning } from '../domain/event.ts';
import { foldKey } from '../lib/fold-key.ts';
import { keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { parseBody } from './parse-body.ts';
import { parseForm } from './parse-form.ts';
import type { Line } from './parse-lines.ts';
import { conflictFault, identityText, type ParsedItem, toItems } from './to-items.ts';
import { type Unreadable, unreadable } from './unreadable.ts';
import { openJsonText } from './unwrap-envelope.ts';

type Data = Record<string, unknown>;

/** The events of a request (one, unless a list was sent: `isBatch`), or why there are none. */
export type ParsedRequest =
  | { items: ParsedItem[]; warnings: Warning[]; isBatch: boolean }
  | { unreadable: Unreadable };

/** Adds the query's values; the body wins, except that a different identity is refused. */
function addQuery(item: ParsedItem, query: Data): ParsedItem {
  if ('fault' in item) return item;
  const spelled = new Map<string, string>();
  for (const name in item.data) spelled.set(foldKey(name) || name, name);
  const data = { ...item.data };
  for (const name in query) {
    const own = spelled.get(foldKey(name) || name);
    if (own === undefined) data[name] = query[name];
    else if (data[own] === null || data[own] === '') data[own] = query[name];
    else {
      const role = keyRole(name);
      const [inBody, inQuery] = [identityText(data[own]), identityText(query[name])];
      if (role !== 'plain' && inQuery !== '' && inQuery !== inBody) {
        return { fault: conflictFault(role).unreadable, text: JSON.stringify(item.data) };
      }
    }
  }
  return { data, warnings: item.warnings };
}

/**
 * Turns a request into the data of its events. Pure, and never throws: any bytes give items or a reason.
 * `query` comes without its question mark; `contentType` is the header or ''.
 */
export function parseRequest(request: {
  method: string;
  contentType: string;
  query: string;
  body: Buffer;
}): ParsedRequest {
  const query = request.query === '' ? null : parseForm(request.query);
  if (query && 'unreadable' in query) return query;
  const hasQuery = query !== null && Object.keys(query.data).length > 0;
  if (
    request.body.length === 0 ||
    (request.body.length < 64 && request.body.toString('latin1').trim() === '')
  ) {
    if (!hasQuery)
      return unreadable(400, 'empty_body', 'The request holds no data: body and query are empty.');
    return settle(toItems(query.data), query.warnings, false);
  }
  const body = parseBody(request.body, request.contentType);
  if ('unreadable' in body) return body;
  const isList = 'lines' in body || Array.isArray(body.value);
  const list = 'lines' in body ? body.lines : isList ? (body.value as unknown[]) : [body.value];
  if (list.length === 0) return unreadable(400, 'empty_body', 'The array holds no events.');
  let items: ParsedItem[] = [];
  for (const value of list) {
    const own = 'lines' in body ? lineItems(value as Line) : isList ? listItems(value) : toItems(value);
    items = items.length === 0 ? own : items.concat(own);
    if (items.length > limits.items || list.length > limits.items) {
      return unreadable(413, 'too_many_items', `More than ${limits.items} events were sent in one request.`);
    }
  }
  if (hasQuery) items = items.map((item) => addQuery(item, query.data));
  return settle(items, query ? [...body.warnings, ...query.warnings] : body.warnings, isList);
}

/** The items of one line of NDJSON, with what was odd about the line. */
function lineItems(line: Line): ParsedItem[] {
  if ('unreadable' in line.parsed) return [{ fault: line.parsed.unreadable, text: line.text }];
  return withWarnings(toItems(line.parsed.value), line.parsed.warnings);
}

/** The items of one element of a list, which may be JSON text. */
function listItems(value: unknown): ParsedItem[] {
  const opened = openJsonText(value);
  return opened === value ? toItems(value) : withWarnings(toItems(opened), [encodedItem]);
}

const encodedItem: Warning = {
  field: 'body',
  code: 'double_encoded',
  message: 'The event was JSON inside a JSON string; it was parsed once more.',
};

function withWarnings(items: ParsedItem[], warnings: Warning[]): ParsedItem[] {
  if (warnings.length === 0) return items;
  return items.map((item) =>
    'fault' in item ? item : { data: item.data, warnings: [...warnings, ...item.warnings] },
  );
}

/** What is wrong with the only event of a request is wrong with the request, which is then kept whole. */
function settle(items: ParsedItem[], warnings: Warning[], isList: boolean): ParsedRequest {
  const isBatch = isList || items.length > 1;
  const [only] = items;
  if (!isBatch && only && 'fault' in only) return { unreadable: only.fault };
  return { items, warnings, isBatch };
}
