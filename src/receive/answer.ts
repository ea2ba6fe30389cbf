import type { NormalizedEvent, Warning } from '../domain/event.ts';
import { maskSecrets } from './credentials.ts';
import { keyRole } from './key-role.ts';

/** What the sender is told about an event that was stored. */
export type Receipt = {
  id: string;
  call_id: string | null;
  status: 'accepted' | 'duplicate' | 'quarantined' | 'skipped';
  is_test: boolean;
  warnings: Warning[];
};

/** Why an event was kept but not used, or not even kept (401). `receipt` names what was kept. */
export type Refusal = {
  status: 400 | 401 | 413 | 415 | 422;
  code: string;
  detail: string;
  receipt: Receipt | null;
};

export type ItemAnswer = { receipt: Receipt } | { refusal: Refusal };

/** The same words for every cause: a stranger must not learn which connections exist. */
export const unauthorized: Refusal = {
  status: 401,
  code: 'unauthorized',
  detail:
    'The connection_id and api_key do not belong together, or one of them is missing. They are looked for under these names in the body, in the query, and in the headers X-Api-Key or Authorization and X-Connection-Id. The key begins with ak_ and comes without quotes or a word before it.',
  receipt: null,
};

/** What PostgreSQL refuses, such as an id too long for its index. */
export const notStorable: Omit<Refusal, 'receipt'> = {
  status: 422,
  code: 'not_storable',
  detail: 'The event was kept, but its values cannot be stored as fields, so it belongs to no call.',
};

/** What makes a readable event useless: it cannot be placed. */
export function envelopeFault(
  connectionId: string | null,
  event: NormalizedEvent,
  data: Record<string, unknown>,
): Omit<Refusal, 'receipt'> | null {
  if (!connectionId) {
    return {
      status: 422,
      code: 'missing_connection_id',
      detail: 'The event was kept, but connection_id is missing: send it in the body, the query or the path.',
    };
  }
  if (event.callInstanceId) return null;
  const warning = event.warnings.find((w) => w.field === 'call_instance_id');
  if (warning) {
    return {
      status: 400,
      code: 'bad_call_instance_id',
      detail: `The event was kept, but belongs to no call. ${warning.message}`,
    };
  }
  return {
    status: 422,
    code: 'missing_call_instance_id',
    detail: `The event was kept, but call_instance_id is missing or blank, so it belongs to no call. ${whyMissing(data)}`,
  };
}

const mostNames = 12;

function whyMissing(data: Record<string, unknown>): string {
  if (!Object.keys(data).some((name) => keyRole(name) === 'call_instance_id')) return toldNames(data);
  return "It came without a value: does the sender know the call's id at this point, and is its token the right one?";
}

/** The names that came, for whoever looks for the one that should have been call_instance_id. No values: they may be personal. */
function toldNames(data: Record<string, unknown>): string {
  const names = Object.keys(data).filter((name) => keyRole(name) === 'plain');
  if (names.length === 0) return 'No field but key and connection came.';
  const shown = names.slice(0, mostNames).map((name) => quoted(name));
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return `It names ${shown.join(', ')}${more}. If one of them is the call's id, lead it to call_instance_id in the connection's mapping and replay.`;
}

/** A name as a message shows it; a key pasted in the wrong place is not repeated. */
function quoted(name: string): string {
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  return JSON.stringify(maskSecrets(short.toWellFormed()));
}
