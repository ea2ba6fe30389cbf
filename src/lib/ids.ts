import { monotonicFactory } from 'ulid';

const ulid = monotonicFactory();

/** A time-ordered id whose prefix says what it names, so that a log line explains itself: `call_01J…`. */
export function newId(prefix: 'con' | 'key' | 'evt' | 'call' | 'eval' | 'imp'): string {
  return `${prefix}_${ulid()}`;
}
