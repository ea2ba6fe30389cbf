import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

/** Panels behind names; the chosen one is the caller's to keep. */
export function Tabs<T extends string>({
  label,
  value,
  onChange,
  tabs,
  boxed = true,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: { value: T; label: string; content: ReactNode }[];
  /** False where the panels are cards of their own. */
  boxed?: boolean;
}) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cn('min-w-0', boxed && 'rounded-xl border border-line bg-surface')}
    >
      <Radix.List
        aria-label={label}
        className={cn('flex gap-1 overflow-x-auto border-line border-b', boxed ? 'px-2' : 'mb-4')}
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-11 shrink-0 whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-ink-2 text-sm hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="rounded-b-xl">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
