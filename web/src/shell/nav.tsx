import { Link } from '@tanstack/react-router';
import { cn } from '../parts/class-names.ts';
import { places } from './places.ts';

/** Links to the main pages: a column at the side, or a bar at the foot of a small screen. */
export function Nav({ bar = false }: { bar?: boolean }) {
  return (
    <nav aria-label="Main" className={bar ? 'grid auto-cols-fr grid-flow-col' : 'flex flex-col gap-0.5'}>
      {places.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className={cn(
            'font-medium text-ink-2 transition-colors hover:text-ink aria-[current=page]:text-accent-ink',
            bar
              ? 'flex h-14 flex-col items-center justify-center gap-0.5 text-2xs'
              : 'flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-sm hover:bg-sunken aria-[current=page]:bg-accent-soft',
          )}
        >
          <Icon aria-hidden className={bar ? 'size-5' : 'size-4'} />
          <span className={cn(bar && 'w-full truncate text-center')}>{label}</span>
        </Link>
      ))}
    </nav>
  );
}
