import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const pool = new Uint8Array(4096);
let used = pool.length;

/** Secure random numbers from a pool: ids are made twice per event, and asking the system each time was measurable. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++]! / 256;
}

const ulid = monotonicFactory(random);

/** A time-ordered id whose prefix says what it names, so that a log line explains itself: `call_01J…`. */
export function newId(
  prefix:
    | 'con'
    | 'key'
    | 'evt'
    | 'call'
    | 'eval'
    | 'imp'
    | 'lnk'
    | 'rpl'
    | 'ers'
    | 'ert'
    | 'usr'
    | 'acc'
    | 'rsc'
    | 'rev'
    | 'exp'
    | 'rep'
    | 'sch'
    | 'run',
): string {
  return `${prefix}_${ulid()}`;
}
