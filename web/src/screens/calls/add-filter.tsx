import { ListFilter } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import type { CallsFilter } from './calls-search.ts';
import { filterNames, filterWords } from './filter-words.ts';

const offered = filterNames.filter((name) => name !== 'phrase' && name !== 'connection_id');
const options = offered.map((value) => ({ value, label: filterWords[value].label }));

/** Chooses one more filter: a field, then its value. */
export function AddFilter({ onAdd }: { onAdd: (name: CallsFilter, value: string) => void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<CallsFilter>('disagreement');
  const { label, choices } = filterWords[name];

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value')).trim();
    if (!value) return;
    onAdd(name, value);
    setOpen(false);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button>
          <ListFilter aria-hidden /> Filter
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Add a filter"
          className="z-40 w-72 rounded-xl border border-line bg-raised p-4 shadow-float"
        >
          <form onSubmit={onSubmit} className="flex flex-col gap-3">
            <SelectField
              label="Field"
              options={options}
              value={name}
              onChange={(event) => setName(event.target.value as CallsFilter)}
            />
            {choices ? (
              <SelectField
                key={name}
                label="Is"
                name="value"
                options={Object.entries(choices).map(([value, text]) => ({ value, label: text }))}
              />
            ) : (
              <TextField key={name} label="Is exactly" name="value" placeholder={label} autoComplete="off" />
            )}
            <Button type="submit" look="primary">
              Add filter
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
