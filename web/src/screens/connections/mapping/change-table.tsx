import { unknown } from '../../../format/number.ts';
import { rowLook, Table, Td, Th } from '../../../parts/table.tsx';

/** A value that would be another one; `from`: the sender's name that gives it. */
export type Change = { field: string; before: unknown; after: unknown; from?: string | null };

/** Fields before and after. */
export function ChangeTable({ label, changes }: { label: string; changes: Change[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Field</Th>
          <Th>Before</Th>
          <Th>After</Th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after, from }) => (
          <tr key={field} className={rowLook}>
            <Td>
              <code className="font-mono text-xs">{field}</code>
              {from ? <span className="block text-ink-3 text-xs">from {from}</span> : null}
            </Td>
            <Td className="max-w-56 break-words text-ink-2">{shown(before)}</Td>
            <Td className="max-w-56 break-words font-medium">{shown(after)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return unknown;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
