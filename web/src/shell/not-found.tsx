import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonLook } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { PageHeader } from '../parts/page-header.tsx';

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <div className="py-6">
      <div className="sr-only">
        <PageHeader title="Not found" />
      </div>
      <Empty
        icon={<Compass />}
        title="There is no page here"
        action={
          <Link to="/" className={buttonLook({ look: 'primary' })}>
            To the overview
          </Link>
        }
      >
        The address may be mistyped, or the thing it named is gone.
      </Empty>
    </div>
  );
}
