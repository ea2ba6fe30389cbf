import { cn } from './class-names.ts';

/** Stands where content will be, of the same size. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn('block animate-[shimmer_1.6s_ease-in-out_infinite] rounded-md bg-line', className)}
    />
  );
}

/** Lines of a list or table on their way. */
export function SkeletonRows({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{label}…</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={index} className="h-5 w-full" />
      ))}
    </div>
  );
}
