import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MappingBody } from '../../../../../src/contract/mapping.ts';
import { type ApiOutput, api } from '../../../api.ts';
import { Button } from '../../../parts/button.tsx';
import { ErrorBox } from '../../../parts/error-box.tsx';
import { ConstantFields } from './constant-fields.tsx';
import { emptyMapping, listNames, withAlias } from './draft-mapping.ts';
import { MappingPreview } from './mapping-preview.tsx';
import { NameTable } from './name-table.tsx';
import { ReadingFields } from './reading-fields.tsx';
import { ReplayPanel } from './replay-panel.tsx';

/** A draft of the mapping: tried on the last events, then saved as the next version. */
export function MappingEditor({
  connectionId,
  mapped,
  mayWrite,
}: {
  connectionId: string;
  mapped: ApiOutput<'getMapping'>;
  mayWrite: boolean;
}) {
  const saved = mapped.in_force?.mapping ?? emptyMapping;
  const [draft, setDraft] = useState<MappingBody>(saved);
  const [added, setAdded] = useState<string[]>([]);
  const client = useQueryClient();
  const params = { id: connectionId };
  const preview = useMutation({
    mutationFn: () => api('previewMapping', { params, body: { mapping: draft } }),
  });
  const save = useMutation({
    mutationFn: () => api('putMapping', { params, body: draft }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['getMapping'] }),
        client.invalidateQueries({ queryKey: ['getReadings'] }),
      ]),
  });
  const isDirty = JSON.stringify(draft) !== JSON.stringify(saved);

  function change(next: MappingBody): void {
    setDraft(next);
    // what was shown belongs to another draft
    preview.reset();
    save.reset();
  }

  return (
    <>
      <fieldset disabled={!mayWrite} className="min-w-0">
        <NameTable
          rows={listNames(mapped.names, added, draft)}
          mapping={draft}
          onLead={(name, target) => change(withAlias(draft, name, target))}
          onAdd={(name) => setAdded([...added, name])}
        />
        <div className="flex flex-col gap-5 border-line border-t p-4">
          <ReadingFields mapping={draft} onChange={change} />
          <ConstantFields mapping={draft} onChange={change} />
        </div>
      </fieldset>
      <div className="flex flex-col gap-3 border-line border-t p-4">
        {preview.error ? <ErrorBox error={preview.error} className="m-0" /> : null}
        {save.error ? <ErrorBox error={save.error} className="m-0" /> : null}
        <div className="flex flex-wrap items-center gap-3">
          <Button disabled={preview.isPending} onClick={() => preview.mutate()}>
            {preview.isPending ? 'Reading…' : 'Preview'}
          </Button>
          {mayWrite ? (
            <Button look="primary" disabled={!isDirty || save.isPending} onClick={() => save.mutate()}>
              {save.isPending ? 'Saving…' : 'Save as new version'}
            </Button>
          ) : null}
          <span role="status" className="text-ink-2 text-sm">
            {isDirty ? 'Not saved yet.' : ''}
          </span>
        </div>
        {preview.data ? <MappingPreview events={preview.data.items} /> : null}
      </div>
      {mayWrite ? <ReplayPanel connectionId={connectionId} blocked={isDirty} /> : null}
    </>
  );
}
