import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';

/**
 * A modal on the browser's own `<dialog>`: focus, Escape and the inert page behind come with it, and nothing
 * is injected that a strict content policy would refuse.
 */
export function Dialog({
  open,
  onClose,
  title,
  bare = false,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Without heading and padding; `title` still names it. */
  bare?: boolean;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !ref.current?.open) ref.current?.showModal();
    if (!open && ref.current?.open) ref.current.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is for the backdrop
    <dialog
      ref={ref}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className={cn(
        'mx-auto mt-[12vh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-xl border border-line bg-raised p-0 text-ink shadow-float',
      )}
    >
      {open ? (
        bare ? (
          children
        ) : (
          <div className="p-5">
            <div className="mb-4 flex items-center justify-between gap-4">
              <h2 className="font-semibold">{title}</h2>
              <Button look="quiet" size="icon" aria-label="Close" onClick={onClose}>
                <X aria-hidden />
              </Button>
            </div>
            {children}
          </div>
        )
      ) : null}
    </dialog>
  );
}
