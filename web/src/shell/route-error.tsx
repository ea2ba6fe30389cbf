import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorBox } from '../parts/error-box.tsx';

/** When a page cannot be shown at all. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-xl py-10">
      <ErrorBox error={error} onRetry={reset} />
    </div>
  );
}
