import type { CallBody } from '../../../../src/contract/calls.ts';
import { callFields } from '../../../../src/domain/call-fields.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { rowLook, Table, Td, Th } from '../../parts/table.tsx';

function show(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Every field as it was read, and the event that gave it. */
export function Fields({ call }: { call: CallBody }) {
  const rows = [
    ...callFields.map((name) => ({ name: name as string, value: call[name] as unknown, extra: false })),
    ...Object.entries(call.extra).map(([name, value]) => ({ name, value, extra: true })),
  ];
  return (
    <Table label="Fields">
      <thead>
        <tr>
          <Th>Field</Th>
          <Th>Value</Th>
          <Th>From event</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, extra }) => {
          const source = call.sources[name];
          const warnings = call.warnings.filter((warning) => warning.field === name);
          return (
            <tr key={name} className={rowLook}>
              <Td className="whitespace-nowrap font-mono text-xs">
                {name}
                {extra ? <span className="ml-2 font-sans text-ink-3">not in the contract</span> : null}
              </Td>
              <Td className="min-w-48 max-w-md break-words">
                <span className={value === null || value === undefined ? 'text-ink-3' : ''}>
                  {show(value)}
                </span>
                {warnings.map((warning) => (
                  <span key={warning.code} className="mt-0.5 block text-warn text-xs">
                    {warning.message}
                  </span>
                ))}
              </Td>
              <Td className="whitespace-nowrap">
                {source ? (
                  <span className="inline-flex items-center gap-1 font-mono text-ink-2 text-xs">
                    {source}
                    <CopyButton text={source} label={`event id of ${name}`} />
                  </span>
                ) : (
                  <span className="text-ink-3">—</span>
                )}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
