import type { Warning } from '../domain/event.ts';
import { foldKey } from '../lib/fold-key.ts';
import { keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { parseBody } from './parse-body.ts';
import { parseForm } from './parse-form.ts';
import { conflictFault, identityText, type ParsedItem, toItems } from './to-items.ts';
import { type Unreadable, unreadable } from './unreadable.ts';

type Data = Record<string, unknown>;

/** The events of a request (one, unless a list was sent: `isBatch`), or why there are none. */
export type ParsedRequest =
  | { items: ParsedItem[]; warnings: Warning[]; isBatch: boolean }
  | { unreadable: Unreadable };

/** Adds the query's values; the body wins, except that a different identity is refused. */
function addQuery(item: ParsedItem, query: Data): ParsedItem | { unreadable: Unreadable } {
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
      if (role !== 'plain' && inQuery !== '' && inQuery !== inBody) return conflictFault(role);
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
    const own = toItems(query.data);
    return 'unreadable' in own
      ? own
      : { items: own.items, warnings: query.warnings, isBatch: own.items.length > 1 };
  }
  const body = parseBody(request.body, request.contentType);
  if ('unreadable' in body) return body;
  const list: unknown[] = Array.isArray(body.value) ? body.value : [body.value];
  if (list.length === 0) return unreadable(400, 'empty_body', 'The array holds no events.');
  const warnings = query ? [...body.warnings, ...query.warnings] : body.warnings;
  let items: ParsedItem[] = [];
  for (const value of list) {
    const own = toItems(value);
    if ('unreadable' in own) return own;
    items = items.length === 0 ? own.items : items.concat(own.items);
    if (items.length > limits.items || list.length > limits.items) {
      return unreadable(413, 'too_many_items', `More than ${limits.items} events were sent in one request.`);
    }
  }
  if (hasQuery) {
    for (const [index, item] of items.entries()) {
      const merged = addQuery(item, query.data);
      if ('unreadable' in merged) return merged;
      items[index] = merged;
    }
  }
  return { items, warnings, isBatch: Array.isArray(body.value) || items.length > 1 };
}
