import { Switch } from 'radix-ui';
import { useId } from 'react';

/** Whether the period before is shown beside. */
export function CompareSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex h-8 items-center gap-2">
      <Switch.Root
        id={id}
        checked={on}
        onCheckedChange={onChange}
        className="h-5 w-9 rounded-full bg-line-strong p-0.5 transition-colors data-[state=checked]:bg-accent [@media(pointer:coarse)]:h-6"
      >
        <Switch.Thumb className="block size-4 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-4" />
      </Switch.Root>
      <label htmlFor={id} className="cursor-pointer whitespace-nowrap text-ink-2 text-xs leading-6">
        Compare with the period before
      </label>
    </div>
  );
}
