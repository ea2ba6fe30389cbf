import { Link } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import type { ConnectionBody } from '../../../../src/contract/connections.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';

/** Before the first event: the next step. */
export function NoEvents({ connections }: { connections: readonly ConnectionBody[] }) {
  const first = connections[0];
  return (
    <Card>
      <Empty
        icon={<Cable />}
        title={first ? `Waiting for the first event of ${first.name}` : 'No events yet'}
        action={
          first ? (
            <Link to="/connections/$id" params={{ id: first.id }} className={buttonLook({ look: 'primary' })}>
              Open the connection
            </Link>
          ) : (
            <Link to="/connections/new" className={buttonLook({ look: 'primary' })}>
              Create a connection
            </Link>
          )
        }
      >
        {first
          ? 'Paste its template at the platform, or send the test event. The first one shows up within a second.'
          : 'A connection is one account at Ringba, TrackDrive or any other platform that can post a webhook. You get an address and a key to paste there.'}
      </Empty>
    </Card>
  );
}
