import { formatCount, formatCounted } from '../format/number.ts';

/** Under a sum of money that is not known of all its calls: of how many it is; nothing where it is of all, or of none. */
export function KnownOf({ known }: { known: { n: number; of: number } | undefined }) {
  if (!known || known.n === 0 || known.n === known.of) return null;
  return (
    <span
      className="block whitespace-nowrap font-normal text-2xs text-ink-3"
      title="Of the other calls the amount is unknown"
    >
      known for {formatCount(known.n)} of {formatCounted(known.of, 'call')}
    </span>
  );
}
