import { foldKey } from '../lib/fold-key.ts';

/** What a name means before any mapping: who calls, for which connection, about which call, or a trap. */
export type KeyRole = 'plain' | 'unsafe' | 'api_key' | 'connection_id' | 'call_instance_id';

const roles = new Map<string, KeyRole>();
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);
const byFolded: Record<string, KeyRole> = {
  apikey: 'api_key',
  xapikey: 'api_key',
  connectionid: 'connection_id',
  callinstanceid: 'call_instance_id',
};

/** The role of a sender's name in any spelling; remembered, since the same names come with every request. */
export function keyRole(name: string): KeyRole {
  const known = roles.get(name);
  if (known !== undefined) return known;
  const folded = foldKey(name);
  const role: KeyRole = unsafe.has(name)
    ? 'unsafe'
    : Object.hasOwn(byFolded, folded)
      ? byFolded[folded]!
      : 'plain';
  if (name.length <= 100) {
    if (roles.size >= 5_000) roles.clear();
    roles.set(name, role);
  }
  return role;
}
