import { remember } from './remember.ts';

/** No name that anybody means is longer; folding a megabyte would only cost time. */
const maxName = 200;

const fold = remember(
  (name) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ''),
  { most: 5_000, longest: maxName },
);

/**
 * A name without what spelling habits change: case, spaces, separators, punctuation. `Call Instance ID`,
 * `callInstanceId` and `call-instance-id` all fold to `callinstanceid`. Remembered, since senders repeat names.
 */
export function foldKey(name: string): string {
  return name.length > maxName ? name : fold(name);
}
