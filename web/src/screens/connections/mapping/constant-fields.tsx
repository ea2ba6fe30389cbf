import { Plus, X } from 'lucide-react';
import type { MappingBody } from '../../../../../src/contract/mapping.ts';
import { type CallField, callFields } from '../../../../../src/domain/call-fields.ts';
import { Button } from '../../../parts/button.tsx';

const control =
  'h-9.5 min-w-0 flex-1 basis-40 rounded-md border border-line-strong/60 bg-surface px-2 text-sm hover:border-line-strong';

/** Text for fields that the sender leaves out. */
export function ConstantFields({
  mapping,
  onChange,
}: {
  mapping: MappingBody;
  onChange: (next: MappingBody) => void;
}) {
  const entries = Object.entries(mapping.constants) as [CallField, string][];
  const free = callFields.filter((field) => mapping.constants[field] === undefined);
  const put = (next: [CallField, string][]) => onChange({ ...mapping, constants: Object.fromEntries(next) });
  const [first] = free.includes('vertical') ? (['vertical'] as const) : free;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="font-medium text-sm">Constants</p>
        <p className="text-ink-3 text-xs">Fill fields that the sender leaves out.</p>
        {first ? (
          <Button size="small" className="ml-auto" onClick={() => put([...entries, [first, '']])}>
            <Plus aria-hidden /> Add
          </Button>
        ) : null}
      </div>
      {entries.map(([field, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the field is what may change here, and the focus must stay
        <div key={index} className="flex flex-wrap items-center gap-2">
          <select
            aria-label={`Field of constant ${index + 1}`}
            className={control}
            value={field}
            onChange={({ target }) =>
              put(entries.map((entry, at) => (at === index ? [target.value as CallField, text] : entry)))
            }
          >
            {[field, ...free].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <input
            aria-label={`Value of ${field}`}
            className={control}
            maxLength={500}
            value={text}
            onChange={({ target }) =>
              put(entries.map((entry, at) => (at === index ? [field, target.value] : entry)))
            }
          />
          <Button
            look="quiet"
            size="icon"
            aria-label={`Remove the constant ${field}`}
            onClick={() => put(entries.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
    </div>
  );
}
