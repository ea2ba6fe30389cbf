import type { ExportKind } from '../../../src/contract/exports.ts';

const pages: Record<ExportKind, string> = {
  calls: '/calls',
  search: '/search',
  breakdown: '/reports',
  disagreements: '/disagreements',
  disagreeing_calls: '/disagreements',
};

/** The address of the page that shows a saved report. The zone is the viewer's own there, unless each
 * call goes by its connection's clocks. */
export function savedAddress(kind: ExportKind, query: Record<string, string>): string {
  const { time_zone: zone, ...asked } = query;
  const rest = zone === 'connection' ? { ...asked, zone } : asked;
  const dated = rest.period === undefined && (rest.from || rest.to) ? { ...rest, period: 'custom' } : rest;
  const search = new URLSearchParams(dated);
  return search.size > 0 ? `${pages[kind]}?${search}` : pages[kind];
}
