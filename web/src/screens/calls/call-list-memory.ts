/** The list a call was opened from, so that its page knows the next and the previous one. */
let opened: readonly string[] = [];

/** Keeps the ids of the list on screen, in order. */
export function rememberList(ids: readonly string[]): void {
  opened = ids;
}

/** The calls before and after one in the remembered list; undefined at the ends, or when it is not in it. */
export function neighbours(id: string): { previous: string | undefined; next: string | undefined } {
  const at = opened.indexOf(id);
  return at < 0
    ? { previous: undefined, next: undefined }
    : { previous: opened[at - 1], next: opened[at + 1] };
}
