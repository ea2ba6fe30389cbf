import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { apiQuery } from '../../api-query.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';

/** A field outside the contract, chosen from those that calls really have, and its value. */
export function CustomFilter({ onAdd }: { onAdd: (filter: string) => void }) {
  const fields = useQuery(apiQuery('listCustomFields', { query: {} }));
  const [chosen, setChosen] = useState<string | null>(null);
  const items = fields.data?.items ?? [];
  const field = items.find(({ name }) => name === chosen) ?? items[0];

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value')).trim();
    if (field && value) onAdd(`${field.name}=${value}`);
  }

  if (!field) {
    return (
      <p role="status" className="text-pretty text-ink-2 text-sm">
        {fields.isPending ? 'Looking…' : 'The newest calls have no fields of your own.'}
      </p>
    );
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <SelectField
        label="Own field"
        options={items.map(({ name }) => ({ value: name, label: name }))}
        value={field.name}
        onChange={(event) => setChosen(event.target.value)}
      />
      <TextField
        key={field.name}
        label="Is exactly"
        name="value"
        placeholder={field.examples[0] ?? ''}
        hint={`For example ${field.examples.slice(0, 3).join(', ')}`}
        autoComplete="off"
      />
      <Button type="submit" look="primary">
        Add filter
      </Button>
    </form>
  );
}
