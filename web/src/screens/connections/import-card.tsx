import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import type { ImportBody } from '../../../../src/contract/imports.ts';
import { requestUrl } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatCount, formatCounted, formatShare } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { When } from '../../parts/when.tsx';
import { uploadFile } from '../../upload-file.ts';
import { humanize, type Tone } from '../../words.ts';

const tones: Record<ImportBody['state'], Tone> = {
  waiting: 'neutral',
  running: 'accent',
  done: 'good',
  failed: 'bad',
};
const isOpen = ({ state }: ImportBody) => state === 'waiting' || state === 'running';

/** Uploads files of past calls and shows how far they are. */
export function ImportCard({ connectionId, mayWrite }: { connectionId: string; mayWrite: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const imports = useQuery({
    ...apiQuery('listImports', { params: { id: connectionId }, query: { limit: 5 } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? 1_000 : 15_000),
  });
  const upload = useMutation({
    mutationFn: (file: File) =>
      uploadFile(
        requestUrl('/v1/connections/{id}/imports', {
          params: { id: connectionId },
          query: { file_name: file.name.slice(0, 200) },
        }),
        file,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['listImports'] }),
  });

  function onChoose(event: ChangeEvent<HTMLInputElement>): void {
    const file = event.target.files?.[0];
    if (file) upload.mutate(file);
    event.target.value = '';
  }

  return (
    <Card title="Import past calls">
      <div className="flex flex-col gap-3 p-4">
        <p className="text-pretty text-ink-2 text-sm">
          A CSV as the platform exports it, or one JSON object a line. What is here already is left alone, so
          a file may be given again; calls that come in meanwhile go first.
        </p>
        {mayWrite ? (
          <>
            <input
              ref={input}
              type="file"
              accept=".csv,.tsv,.txt,.ndjson,.jsonl,text/csv"
              aria-label="File of calls"
              className="sr-only"
              tabIndex={-1}
              onChange={onChoose}
            />
            <Button className="self-start" disabled={upload.isPending} onClick={() => input.current?.click()}>
              <Upload aria-hidden /> {upload.isPending ? 'Uploading…' : 'Choose a file'}
            </Button>
          </>
        ) : null}
        {upload.error ? <ErrorBox className="m-0" error={upload.error} /> : null}
        {imports.error ? <ErrorBox className="m-0" error={imports.error} /> : null}
      </div>
      {imports.data && imports.data.items.length > 0 ? (
        <ul className="divide-y divide-line border-line border-t">
          {imports.data.items.map((item) => (
            <ImportRow key={item.id} item={item} />
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function ImportRow({ item }: { item: ImportBody }) {
  const share = item.bytes === 0 ? 0 : item.bytes_read / item.bytes;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 truncate font-medium" title={item.file_name}>
          {item.file_name}
        </span>
        <Badge tone={tones[item.state]}>{humanize(item.state)}</Badge>
        <span className="text-ink-3 text-xs">
          <When at={item.created_at} />
        </span>
      </div>
      {isOpen(item) ? (
        <div className="flex items-center gap-2">
          <progress
            aria-label={`Progress of ${item.file_name}`}
            value={item.bytes_read}
            max={item.bytes}
            className="h-2 min-w-0 flex-1 accent-accent"
          />
          <span className="text-ink-2 text-xs tabular-nums">{formatShare(share)}</span>
        </div>
      ) : null}
      {item.detail ? <p className="text-pretty text-bad">{item.detail}</p> : null}
      <p className="text-ink-2 text-xs">{outcomeOf(item)}</p>
      {item.errors > 0 ? (
        <a
          href={`/v1/imports/${item.id}/errors`}
          download
          className="inline-flex min-h-6 items-center self-start text-accent-ink text-xs hover:underline"
        >
          {formatCounted(item.errors, 'row')} could not be used (CSV)
        </a>
      ) : null}
    </li>
  );
}

function outcomeOf(item: ImportBody): string {
  const parts = (['accepted', 'duplicates', 'quarantined', 'skipped', 'unreadable'] as const)
    .filter((name) => item[name] > 0)
    .map((name) =>
      name === 'duplicates'
        ? formatCounted(item.duplicates, 'duplicate')
        : `${formatCount(item[name])} ${name === 'accepted' ? 'new' : name}`,
    );
  return [formatCounted(item.rows_read, 'row'), ...parts].join(', ');
}
