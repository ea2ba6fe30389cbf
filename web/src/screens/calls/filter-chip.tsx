import { X } from 'lucide-react';

/** One filter that holds, with a way to drop it. */
export function FilterChip({
  label,
  value,
  onRemove,
}: {
  label: string;
  value: string;
  onRemove: () => void;
}) {
  return (
    <li className="inline-flex h-7 max-w-full items-center overflow-hidden rounded-full border border-line bg-accent-soft pl-3 text-xs">
      <span className="text-ink-2">{label}</span>
      <span className="ml-1.5 truncate font-semibold text-accent-ink">{value}</span>
      <button
        type="button"
        aria-label={`Remove filter ${label}: ${value}`}
        onClick={onRemove}
        className="ml-1 grid size-7 shrink-0 place-items-center text-ink-2 hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
