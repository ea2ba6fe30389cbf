import { type ReactNode, useEffect } from 'react';
import { Logo } from '../../shell/logo.tsx';

/** The frame of the pages before somebody is signed in. */
export function EntryPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Aria`;
  }, [title]);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex justify-center">
          <Logo />
        </div>
        <div className="rounded-2xl border border-line bg-surface p-7 shadow-float">
          <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
          <p className="mt-1 mb-6 text-pretty text-ink-2 text-sm">{lead}</p>
          {children}
        </div>
      </div>
    </main>
  );
}
