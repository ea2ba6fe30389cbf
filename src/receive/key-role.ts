import { foldKey } from '../lib/fold-key.ts';
import { remember } from '../lib/remember.ts';

/** What a name means before any mapping: who calls, for which connection, about which call, or a trap. */
export type KeyRole = 'plain' | 'unsafe' | 'api_key' | 'connection_id' | 'call_instance_id';

const unsafe = new Set(['__proto__', 'constructor', 'prototype']);
const byFolded: Record<string, KeyRole> = {
  apikey: 'api_key',
  xapikey: 'api_key',
  connectionid: 'connection_id',
  callinstanceid: 'call_instance_id',
};

/** The role of a sender's name in any spelling; remembered, since the same names come with every request. */
export const keyRole = remember(
  (name): KeyRole => {
    if (unsafe.has(name)) return 'unsafe';
    const folded = foldKey(name);
    return Object.hasOwn(byFolded, folded) ? byFolded[folded]! : 'plain';
  },
  { most: 5_000, longest: 100 },
);
