/** Whether the period before is shown beside. */
export function CompareSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      onClick={() => onChange(!on)}
      className="group flex h-8 items-center gap-2 rounded-md"
    >
      <span
        aria-hidden
        className="h-5 w-9 rounded-full bg-line-strong p-0.5 transition-colors group-aria-checked:bg-accent"
      >
        <span className="block size-4 rounded-full bg-surface transition-transform group-aria-checked:translate-x-4" />
      </span>
      <span className="whitespace-nowrap text-ink-2 text-xs">Compare with the period before</span>
    </button>
  );
}
