import { cn } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';

/** Text to copy as it stands. */
export function CodeBlock({ text, label, className }: { text: string; label: string; className?: string }) {
  return (
    <div className={cn('relative rounded-lg border border-line bg-sunken', className)}>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-lg p-3 pr-20"
      >
        <pre className="whitespace-pre-wrap break-all font-mono text-xs leading-relaxed">{text}</pre>
      </section>
      <CopyButton text={text} label={label} word="Copy" className="absolute top-2 right-2" />
    </div>
  );
}
