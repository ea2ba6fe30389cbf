import { Link } from '@tanstack/react-router';

const links = [
  { to: '/reports', label: 'Breakdown' },
  { to: '/disagreements', label: 'Disagreements' },
  { to: '/traffic', label: 'Traffic' },
  { to: '/changes', label: 'Changes' },
  { to: '/saved', label: 'Saved and scheduled' },
] as const;

/** The pages of reports, above each of them. */
export function ReportLinks() {
  return (
    <nav aria-label="Reports" className="mb-4 flex gap-1 overflow-x-auto border-line border-b">
      {links.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ includeSearch: false }}
          className="inline-flex h-9 items-center whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-ink-2 text-sm hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-accent-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
