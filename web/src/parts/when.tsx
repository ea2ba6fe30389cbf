import { formatAgo, formatExact, formatMinute } from '../format/time.ts';

/** An instant in the viewer's zone; the full one with zone as tooltip. */
export function When({ at, ago = false }: { at: string | null | undefined; ago?: boolean }) {
  if (!at) return <span>—</span>;
  return (
    <time dateTime={at} title={formatExact(at)} className="whitespace-nowrap">
      {ago ? formatAgo(at) : formatMinute(at)}
    </time>
  );
}
