import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReadingBody } from '../../../src/contract/mapping.ts';
import { apiQuery } from '../api-query.ts';
import { unknown } from '../format/number.ts';
import { ErrorBox } from './error-box.tsx';
import { SkeletonRows } from './skeleton.tsx';
import { rowLook, Table, Td, Th } from './table.tsx';

/** How each name of an event is read by the settings in force now; asked for once it is opened. */
export function EventReadings({ eventId }: { eventId: string }) {
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...apiQuery('getReadings', { params: { id: eventId } }), enabled: open });
  return (
    <details
      className="rounded-lg border border-line"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-9 px-3 py-2 font-medium text-sm">How each field was read</summary>
      {open && found.isPending ? <SkeletonRows rows={3} label="Reading the event" /> : null}
      {found.error ? <ErrorBox error={found.error} onRetry={() => found.refetch()} /> : null}
      {found.data ? (
        <>
          {found.data.mapping_version !== found.data.mapping_in_force ? (
            <p className="border-line border-t px-3 py-2 text-pretty text-ink-2 text-xs">
              The event was stored by {versionWords(found.data.mapping_version)}; this is how{' '}
              {versionWords(found.data.mapping_in_force)} reads it. A replay puts it in force.
            </p>
          ) : null}
          <Table label="How each field was read">
            <thead>
              <tr>
                <Th>Sender’s name</Th>
                <Th>As sent</Th>
                <Th>Leads to</Th>
                <Th>Read as</Th>
              </tr>
            </thead>
            <tbody>
              {found.data.readings.map((reading) => (
                <ReadingRow key={`${reading.name ?? '='}${reading.field}`} reading={reading} />
              ))}
            </tbody>
          </Table>
        </>
      ) : null}
    </details>
  );
}

function ReadingRow({ reading: { name, value, field, result, used, warnings } }: { reading: ReadingBody }) {
  return (
    <tr className={rowLook}>
      <Td className="font-mono text-xs">
        {name ?? <span className="font-sans text-ink-2">a constant</span>}
      </Td>
      <Td className="max-w-56 break-words text-ink-2">{value || '(empty)'}</Td>
      <Td className="font-mono text-xs">{field ?? <span className="font-sans text-ink-2">not kept</span>}</Td>
      <Td className="max-w-56 break-words">
        {result === null ? unknown : String(result)}
        {result !== null && !used ? (
          <span className="block text-ink-3 text-xs">not used: a better name has it</span>
        ) : null}
        {warnings.map((warning) => (
          <span key={warning.code} className="block text-pretty text-warn text-xs">
            {warning.message}
          </span>
        ))}
      </Td>
    </tr>
  );
}

function versionWords(version: number | null): string {
  return version === null ? 'the platform’s preset' : `mapping ${version}`;
}
