import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Cable, Plus } from 'lucide-react';
import { apiQuery } from '../../api-query.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { ConnectionTable } from './connection-table.tsx';

/** Every account that sends events. */
export function Connections() {
  const connections = useQuery({
    ...apiQuery('listConnections', { query: { limit: 500 } }),
    refetchInterval: 15_000,
  });
  const create = useMayWrite() ? (
    <Link to="/connections/new" className={buttonLook({ look: 'primary' })}>
      <Plus aria-hidden /> New connection
    </Link>
  ) : null;
  return (
    <>
      <PageHeader
        title="Connections"
        lead="One per account at a call platform: its address, its key, how its values are read."
        actions={create}
      />
      <Card>
        {connections.isPending ? <SkeletonRows label="Loading connections" /> : null}
        {connections.error ? (
          <ErrorBox error={connections.error} onRetry={() => connections.refetch()} />
        ) : null}
        {connections.data?.items.length === 0 ? (
          <Empty icon={<Cable />} title="No connections yet" action={create}>
            Create one to get the address and the key that you paste at your call platform.
          </Empty>
        ) : null}
        {connections.data && connections.data.items.length > 0 ? (
          <ConnectionTable connections={connections.data.items} />
        ) : null}
      </Card>
    </>
  );
}
