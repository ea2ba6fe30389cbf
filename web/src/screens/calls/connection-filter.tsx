import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { apiQuery } from '../../api-query.ts';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/field.tsx';

/** A connection, chosen by its name. */
export function ConnectionFilter({ onAdd }: { onAdd: (id: string) => void }) {
  const connections = useQuery(apiQuery('listConnections', { query: { limit: 500 } }));
  const items = connections.data?.items ?? [];

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onAdd(String(new FormData(event.currentTarget).get('value')));
  }

  if (items.length === 0) {
    return (
      <p role="status" className="text-pretty text-ink-2 text-sm">
        {connections.isPending ? 'Looking…' : 'There is no connection yet.'}
      </p>
    );
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <SelectField
        label="Is"
        name="value"
        options={items.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Button type="submit" look="primary">
        Add filter
      </Button>
    </form>
  );
}
