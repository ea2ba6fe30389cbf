/** Pages with a list of calls, by the address that leads back to it. */
export const listPlaces = { '/calls': 'Calls', '/disagreements': 'Disagreements' } as const;
export type ListPlace = keyof typeof listPlaces;

/** The list a call was opened from, so that its page knows the next and the previous one, and the way back. */
let opened: readonly string[] = [];
let openedIn: ListPlace = '/calls';

/** Keeps the ids of the list on screen, in order. */
export function rememberList(ids: readonly string[], place: ListPlace): void {
  opened = ids;
  openedIn = place;
}

/** Where a call stands in the remembered list. */
export type Neighbours = {
  previous: string | undefined;
  next: string | undefined;
  /** `3 of 10`; undefined when it is not in it. */
  position: string | undefined;
  place: ListPlace;
};

/** The calls before and after one in the remembered list; undefined at the ends, or when it is not in it. */
export function neighbours(id: string): Neighbours {
  const at = opened.indexOf(id);
  return at < 0
    ? { previous: undefined, next: undefined, position: undefined, place: '/calls' }
    : {
        previous: opened[at - 1],
        next: opened[at + 1],
        position: `${at + 1} of ${opened.length}`,
        place: openedIn,
      };
}
