import { Link } from '@tanstack/react-router';
import type { ConnectionBody } from '../../../../src/contract/connections.ts';
import { formatAbout, formatCount } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { cn } from '../../parts/class-names.ts';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { platformWords } from './platform-words.ts';

/** Paused, active, or still waiting for its first event. */
export function ConnectionState({ connection }: { connection: ConnectionBody }) {
  if (connection.state === 'paused') return <Badge tone="warn">Paused</Badge>;
  return connection.last_event_at ? (
    <Badge tone="good">Active</Badge>
  ) : (
    <Badge tone="accent">No events yet</Badge>
  );
}

/** The connections, one a row. */
export function ConnectionTable({ connections }: { connections: readonly ConnectionBody[] }) {
  return (
    <Table label="Connections">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Platform</Th>
          <Th>State</Th>
          <Th>Last event</Th>
          <Th className="text-right">Events</Th>
          <Th className="text-right">Quarantined</Th>
          <Th className="text-right">Refused</Th>
        </tr>
      </thead>
      <tbody>
        {connections.map((connection) => (
          <tr key={connection.id} className={cn(rowLook, 'relative')}>
            <Td className="whitespace-nowrap font-medium">
              <Link
                to="/connections/$id"
                params={{ id: connection.id }}
                className="inline-flex min-h-[24px] items-center after:absolute after:inset-0 hover:text-accent-ink"
              >
                {connection.name}
              </Link>
            </Td>
            <Td className="whitespace-nowrap text-ink-2">{platformWords[connection.platform]}</Td>
            <Td>
              <ConnectionState connection={connection} />
            </Td>
            <Td className="text-ink-2">
              <When at={connection.last_event_at} ago />
            </Td>
            <Td className={numberLook}>
              {formatAbout(connection.event_count, connection.event_count_estimated)}
            </Td>
            <Td className={cn(numberLook, connection.quarantined_count > 0 && 'font-medium text-warn')}>
              {formatCount(connection.quarantined_count)}
            </Td>
            <Td className={cn(numberLook, connection.refused_count > 0 && 'font-medium text-bad')}>
              {formatCount(connection.refused_count)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
