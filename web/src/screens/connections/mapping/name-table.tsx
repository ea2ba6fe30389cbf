import { type FormEvent, useId } from 'react';
import type { MappingBody } from '../../../../../src/contract/mapping.ts';
import { callFields } from '../../../../../src/domain/call-fields.ts';
import { extraPrefix } from '../../../../../src/domain/mapping.ts';
import { unknown } from '../../../format/number.ts';
import { Button } from '../../../parts/button.tsx';
import { rowLook, Table, Td, Th } from '../../../parts/table.tsx';
import { aliasOf, type NameRow } from './draft-mapping.ts';

const control =
  'h-8.5 w-full min-w-44 rounded-md border border-line-strong/60 bg-surface px-2 text-sm hover:border-line-strong';
const targets = ['call_instance_id', 'event', ...callFields];

type Lead = (name: string, target: string | null) => void;

/** The names that the sender uses, an example of each, and where it leads. */
export function NameTable({
  rows,
  mapping,
  onLead,
  onAdd,
}: {
  rows: NameRow[];
  mapping: MappingBody;
  onLead: Lead;
  onAdd: (name: string) => void;
}) {
  const addId = useId();

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name') ?? '').trim();
    if (name) onAdd(name);
    form.reset();
  }

  return (
    <>
      {rows.length > 0 ? (
        <div className="max-h-128 overflow-y-auto">
          <Table label="Names that the sender uses">
            <thead>
              <tr>
                <Th>Sender’s name</Th>
                <Th>Example</Th>
                <Th>Leads to</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name} className={rowLook}>
                  <Td className="font-mono text-xs">{row.name}</Td>
                  <Td className="max-w-48 truncate text-ink-2">{row.seen?.example || unknown}</Td>
                  <Td>
                    {row.seen?.fixed ? (
                      <span className="text-ink-2">
                        <code className="font-mono text-xs">{row.seen.field}</code>, always
                      </span>
                    ) : (
                      <LeadsTo row={row} mapping={mapping} onLead={onLead} />
                    )}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : (
        <p className="px-4 py-6 text-center text-ink-2 text-sm">
          The names that the sender uses stand here once real events have arrived.
        </p>
      )}
      <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-2 border-line border-t p-4">
        <div className="flex min-w-0 flex-1 basis-48 flex-col gap-1.5">
          <label htmlFor={addId} className="font-medium text-sm">
            A name that has not come yet
          </label>
          <input id={addId} name="name" maxLength={200} autoComplete="off" className={control} />
        </div>
        <Button type="submit">Add</Button>
      </form>
    </>
  );
}

function LeadsTo({
  row: { name, seen },
  mapping,
  onLead,
}: {
  row: NameRow;
  mapping: MappingBody;
  onLead: Lead;
}) {
  const target = aliasOf(mapping, name);
  const isExtra = target?.startsWith(extraPrefix) ?? false;
  const byPreset = seen?.preset_field ?? extraPrefix + name;
  return (
    <div className="flex flex-wrap gap-2">
      <select
        aria-label={`${name} leads to`}
        className={control}
        value={isExtra ? extraPrefix : (target ?? '')}
        onChange={({ target: { value } }) =>
          onLead(name, value === '' ? null : value === extraPrefix ? extraPrefix + name : value)
        }
      >
        <option value="">{`By the preset: ${byPreset}`}</option>
        <option value={extraPrefix}>A field of your own</option>
        {targets.map((field) => (
          <option key={field} value={field}>
            {field}
          </option>
        ))}
      </select>
      {isExtra ? (
        <input
          aria-label={`Name of the field that ${name} leads to`}
          className={control}
          maxLength={190}
          value={target!.slice(extraPrefix.length)}
          onChange={(event) => onLead(name, extraPrefix + event.target.value)}
        />
      ) : null}
    </div>
  );
}
