import { useQuery } from '@tanstack/react-query';
import type { ConnectionBody } from '../../../../../src/contract/connections.ts';
import { apiQuery } from '../../../api-query.ts';
import { Card } from '../../../parts/card.tsx';
import { ErrorBox } from '../../../parts/error-box.tsx';
import { SkeletonRows } from '../../../parts/skeleton.tsx';
import { MappingEditor } from './mapping-editor.tsx';
import { MappingHistory } from './mapping-history.tsx';

/** How the connection reads its own names and values: in force, and to change. */
export function MappingCard({ connection, mayWrite }: { connection: ConnectionBody; mayWrite: boolean }) {
  const mapping = useQuery(apiQuery('getMapping', { params: { id: connection.id } }));
  const inForce = mapping.data?.in_force;
  return (
    <Card
      title="Mapping"
      hint={mapping.data ? (inForce ? `Version ${inForce.version}` : "The platform's preset alone") : null}
      actions={
        mapping.data && mapping.data.history.length > 0 ? (
          <MappingHistory history={mapping.data.history} />
        ) : null
      }
    >
      {mapping.error ? <ErrorBox error={mapping.error} onRetry={() => mapping.refetch()} /> : null}
      {mapping.isPending ? <SkeletonRows rows={4} label="Loading the mapping" /> : null}
      {mapping.data ? (
        <MappingEditor
          key={inForce?.version ?? 0}
          connectionId={connection.id}
          mapped={mapping.data}
          mayWrite={mayWrite}
        />
      ) : null}
    </Card>
  );
}
