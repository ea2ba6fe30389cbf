import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

/** Copies a text. `label` names what is copied, for tooltip and screen readers. */
export function CopyButton({
  text,
  label,
  word,
  className,
}: {
  text: string;
  label: string;
  /** Shown beside the icon; the icon alone without it. */
  word?: string;
  className?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1800);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      look={word ? 'plain' : 'quiet'}
      size="small"
      title={`Copy ${label}`}
      aria-label={`Copy ${label}`}
      className={cn(!word && 'size-[24px] p-0 [&_svg]:size-3.5', className)}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
      {word ? (copied ? 'Copied' : word) : null}
      <span aria-live="polite" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
