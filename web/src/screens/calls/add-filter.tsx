import { ListFilter } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { Popover } from '../../parts/popover.tsx';
import type { CallsFilter } from './calls-search.ts';
import { ConnectionFilter } from './connection-filter.tsx';
import { CustomFilter } from './custom-filter.tsx';
import { filterWords } from './filter-words.ts';

type OnAdd = (name: CallsFilter, value: string) => void;

/** Chooses one more filter of those `offered`. */
export function AddFilter({ offered, onAdd }: { offered: CallsFilter[]; onAdd: OnAdd }) {
  return (
    <Popover
      label="Add a filter"
      className="w-72 p-4"
      trigger={(button) => (
        <Button {...button}>
          <ListFilter aria-hidden /> Filter
        </Button>
      )}
    >
      {(close) => (
        <FilterForm
          offered={offered}
          onAdd={(name, value) => {
            onAdd(name, value);
            close();
          }}
        />
      )}
    </Popover>
  );
}

/** A field, then its value. */
function FilterForm({ offered, onAdd }: { offered: CallsFilter[]; onAdd: OnAdd }) {
  const [name, setName] = useState<CallsFilter>('disagreement');
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label="Field"
        options={offered.map((value) => ({ value, label: filterWords[value].label }))}
        value={name}
        autoFocus
        onChange={(event) => setName(event.target.value as CallsFilter)}
      />
      {name === 'extra' ? (
        <CustomFilter onAdd={(value) => onAdd('extra', value)} />
      ) : name === 'connection_id' ? (
        <ConnectionFilter onAdd={(value) => onAdd('connection_id', value)} />
      ) : (
        <ValueForm key={name} name={name} onAdd={onAdd} />
      )}
    </div>
  );
}

function ValueForm({ name, onAdd }: { name: CallsFilter; onAdd: OnAdd }) {
  const { label, choices, isNumber } = filterWords[name];

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value')).trim();
    if (value) onAdd(name, value);
  }

  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      {choices ? (
        <SelectField
          label="Is"
          name="value"
          options={Object.entries(choices).map(([value, text]) => ({ value, label: text }))}
        />
      ) : (
        <TextField
          label={isNumber ? label : 'Is exactly'}
          name="value"
          placeholder={isNumber ? '90' : label}
          autoComplete="off"
          {...(isNumber && { type: 'number', step: 'any' })}
        />
      )}
      <Button type="submit" look="primary">
        Add filter
      </Button>
    </form>
  );
}
