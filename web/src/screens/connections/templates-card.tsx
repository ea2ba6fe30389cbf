import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionBody } from '../../../../src/contract/connections.ts';
import { keyPlaceholder } from '../../../../src/contract/key-placeholder.ts';
import { apiQuery } from '../../api-query.ts';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { TextField } from '../../parts/field.tsx';
import { TemplateList } from './template-list.tsx';

/**
 * The templates of the connection's platform at any time. Aria keeps only the hash of a key, so whoever has the key
 * pastes it here, and it is filled in by the page; it is sent nowhere.
 */
export function TemplatesCard({ connection }: { connection: ConnectionBody }) {
  const [key, setKey] = useState('');
  const found = useQuery(apiQuery('getTemplates', { params: { id: connection.id } }));
  const fill = (text: string) => (key ? text.replaceAll(keyPlaceholder, key) : text);
  return (
    <Card title="Paste at the platform" hint="one per trigger">
      {found.error ? <ErrorBox error={found.error} onRetry={() => found.refetch()} /> : null}
      <div className="p-4">
        <TextField
          label="Key to fill in"
          hint="Keys are not kept, so only you have yours. It stays on this page; without it, put your key where the placeholder stands, or rotate."
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value.trim())}
        />
      </div>
      <TemplateList
        templates={(found.data?.templates ?? []).map((template) => ({
          ...template,
          url: fill(template.url),
          body: fill(template.body),
        }))}
      />
    </Card>
  );
}
