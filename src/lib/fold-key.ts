const folded = new Map<string, string>();
const maxRemembered = 5_000;
/** No name that anybody means is longer; folding a megabyte would only cost time. */
const maxName = 200;

/**
 * A name without what spelling habits change: case, spaces, separators, punctuation. `Call Instance ID`,
 * `callInstanceId` and `call-instance-id` all fold to `callinstanceid`. Remembered, since senders repeat names.
 */
export function foldKey(name: string): string {
  if (name.length > maxName) return name;
  const known = folded.get(name);
  if (known !== undefined) return known;
  const result = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  if (folded.size >= maxRemembered) folded.clear();
  folded.set(name, result);
  return result;
}
