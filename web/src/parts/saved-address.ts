import type { ExportKind } from '../../../src/contract/exports.ts';

const pages: Record<ExportKind, string> = {
  calls: '/calls',
  search: '/search',
  breakdown: '/reports',
  disagreements: '/disagreements',
  disagreeing_calls: '/disagreements',
  changes: '/changes',
  coverage: '/traffic',
  unscored_calls: '/traffic',
  threshold_clustering: '/traffic',
  repeat_callers: '/traffic',
  silent_sources: '/traffic',
};

/** Which tab of its page, where that is not the first one. */
const tabs: Partial<Record<ExportKind, string>> = {
  threshold_clustering: 'threshold',
  repeat_callers: 'repeat',
  silent_sources: 'silent',
};

/** What the API takes where nothing is said, and the page does not. */
const unsaid: Partial<Record<ExportKind, Record<string, string>>> = { silent_sources: { show: 'silent' } };

/** The address of the page that shows a saved report. The zone is the viewer's own there, unless each
 * call goes by its connection's clocks. */
export function savedAddress(kind: ExportKind, query: Record<string, string>): string {
  const { time_zone: zone, ...asked } = { ...unsaid[kind], ...query };
  const rest = zone === 'connection' ? { ...asked, zone } : asked;
  const dated = rest.period === undefined && (rest.from || rest.to) ? withPeriod(rest) : rest;
  const tab = tabs[kind];
  const search = new URLSearchParams(tab ? { tab, ...dated } : dated);
  return search.size > 0 ? `${pages[kind]}?${search}` : pages[kind];
}

/** Days are a custom period. What begins with the first call has no first day: no call is older than this one. */
function withPeriod(query: Record<string, string>): Record<string, string> {
  if (query.from !== 'first') return { ...query, period: 'custom' };
  const { from: _, ...rest } = query;
  return rest.to ? { ...query, from: '1970-01-01', period: 'custom' } : { ...rest, period: 'all' };
}
