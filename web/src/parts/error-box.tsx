import { RotateCw, TriangleAlert } from 'lucide-react';
import { ApiError } from '../api.ts';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

/** What went wrong, in the server's words, and a way to try again. */
export function ErrorBox({
  error,
  onRetry,
  className,
}: {
  error: unknown;
  onRetry?: (() => void) | undefined;
  className?: string;
}) {
  const problem = error instanceof ApiError ? error.problem : null;
  const title = problem?.title ?? 'Something went wrong on this page';
  const detail = problem ? problem.detail : error instanceof Error ? error.message : String(error);
  return (
    <div
      role="alert"
      className={cn('m-4 flex gap-3 rounded-lg border border-line bg-bad-soft p-4 text-sm', className)}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold text-bad">{title}</p>
        {detail && detail !== title ? <p className="mt-0.5 break-words text-ink">{detail}</p> : null}
        {problem?.errors?.map(({ field, message }) => (
          <p key={`${field}${message}`} className="mt-0.5 break-words text-ink">
            <code className="font-mono text-xs">{field}</code>: {message}
          </p>
        ))}
        {problem?.id ? (
          <p className="mt-1 text-ink-2 text-xs">
            Reference <code className="font-mono">{problem.id}</code>
          </p>
        ) : null}
        {onRetry ? (
          <Button size="small" className="mt-3" onClick={onRetry}>
            <RotateCw aria-hidden /> Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
