import type { ExportCell } from './export-column.ts';

/** The rows of a list, read page after page: no more than one is held. */
export async function* readPages<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
  toRow: (item: T) => ExportCell[],
): AsyncGenerator<ExportCell[][]> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    if (page.items.length > 0) yield page.items.map(toRow);
    cursor = page.next ?? undefined;
  } while (cursor);
}
