/** The mark and the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-[1.0625rem] tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6 text-accent">
        <rect width="32" height="32" rx="8" fill="currentColor" />
        <g className="text-on-accent" fill="currentColor">
          <rect x="7" y="13" width="3" height="6" rx="1.5" />
          <rect x="12" y="9" width="3" height="14" rx="1.5" />
          <rect x="17" y="6" width="3" height="20" rx="1.5" />
          <rect x="22" y="12" width="3" height="8" rx="1.5" />
        </g>
      </svg>
      Aria
    </span>
  );
}
