import { type ReactNode, useEffect } from 'react';

/** The page's name, also in the window title. */
export function PageHeader({
  title,
  lead,
  actions,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Aria`;
  }, [title]);
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        {lead ? <p className="mt-0.5 text-ink-2 text-sm">{lead}</p> : null}
      </div>
      {actions ? (
        <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0">{actions}</div>
      ) : null}
    </div>
  );
}
