import { formatCounted } from '../format/number.ts';
import { Button } from './button.tsx';

/** The pages of a list as TanStack Query has them. */
export type Pages = {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};

/** Gets the next page of a list; nothing where there is none. */
export function LoadMore({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null;
  return (
    <Button disabled={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
      {pages.isFetchingNextPage ? 'Loading…' : 'Load more'}
    </Button>
  );
}

/** The foot of a card with a list that has more pages. */
export function LoadMoreFoot({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null;
  return (
    <div className="border-line border-t px-4 py-3">
      <LoadMore pages={pages} />
    </div>
  );
}

/** How many calls a list shows so far, whether those are all, and a button for more; nothing of an empty list. */
export function CallsShown({ shown, pages }: { shown: number; pages: Pages }) {
  if (shown === 0) return null;
  return (
    <div className="mt-4 flex items-center gap-4">
      <p aria-live="polite" className="text-ink-3 text-sm">
        {formatCounted(shown, 'call')} shown
        {pages.hasNextPage ? '' : ', all of them'}
      </p>
      <LoadMore pages={pages} />
    </div>
  );
}
