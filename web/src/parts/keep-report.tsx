import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Download } from 'lucide-react';
import type { FormEvent } from 'react';
import type { ExportKind } from '../../../src/contract/exports.ts';
import { api } from '../api.ts';
import { apiQuery } from '../api-query.ts';
import { formatCounted } from '../format/number.ts';
import { viewerZone } from '../format/time.ts';
import { defaultPreset } from '../period/period.ts';
import { useMayWrite } from '../shell/use-may-write.ts';
import { Button, buttonLook } from './button.tsx';
import { ErrorBox } from './error-box.tsx';
import { TextField } from './field.tsx';
import { Popover } from './popover.tsx';

type Asked = {
  kind: ExportKind;
  /** What the API is asked for the rows on the screen. */
  query: Record<string, unknown>;
  /** The same as it stands in the address, where periods move on with time. */
  saved: Record<string, unknown>;
  columns?: string[];
};

/** Takes along what the screen shows: as a file, or under a name. */
export function KeepReport(asked: Asked) {
  const mayWrite = useMayWrite();
  return (
    <>
      <Popover
        label="Export"
        className="w-72 p-4"
        trigger={(button) => (
          <Button {...button}>
            <Download aria-hidden /> Export
          </Button>
        )}
      >
        {() => <ExportForm {...asked} />}
      </Popover>
      {mayWrite ? (
        <Popover
          label="Save"
          className="w-72 p-4"
          trigger={(button) => (
            <Button {...button}>
              <Bookmark aria-hidden /> Save
            </Button>
          )}
        >
          {(close) => <SaveForm {...asked} onSaved={close} />}
        </Popover>
      ) : null}
    </>
  );
}

const formats = [
  ['csv', 'CSV'],
  ['xlsx', 'Excel'],
  ['parquet', 'Parquet'],
] as const;

function ExportForm({ kind, query, columns }: Asked) {
  const start = useMutation({
    mutationFn: (format: (typeof formats)[number][0]) =>
      api('createExport', { body: { kind, format, query: asText(query), ...(columns && { columns }) } }),
  });
  const id = start.data?.id;
  const task = useQuery({
    ...apiQuery('getExport', { params: { id: id ?? '' } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && !open(state.data.state) ? false : 700),
  });
  const state = task.data?.state;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-ink-2">
        All rows under these filters, not only those shown.{' '}
        <a href="/docs/reports" className="underline underline-offset-2">
          What the figures count
        </a>
      </p>
      <div className="flex gap-2">
        {formats.map(([format, label]) => (
          <Button key={format} disabled={start.isPending || open(state)} onClick={() => start.mutate(format)}>
            {label}
          </Button>
        ))}
      </div>
      {start.error ? <ErrorBox className="mx-0" error={start.error} /> : null}
      <div aria-live="polite">
        {task.data && open(state) ? (
          <>
            <progress
              aria-label="Rows written"
              className="h-1.5 w-full"
              max={Math.max(task.data.rows_expected ?? 0, task.data.rows_done, 1)}
              value={task.data.rows_expected ? task.data.rows_done : undefined}
            />
            <p className="text-ink-2">{formatCounted(task.data.rows_done, 'row')} written</p>
          </>
        ) : null}
        {state === 'failed' ? <p className="text-bad">{task.data?.detail}</p> : null}
        {state === 'done' && task.data?.url ? (
          <a href={task.data.url} className={buttonLook({ look: 'primary' })} download>
            Download {formatCounted(task.data.rows_done, 'row')}
          </a>
        ) : null}
      </div>
    </div>
  );
}

function open(state: string | undefined): boolean {
  return state === 'waiting' || state === 'running';
}

function SaveForm({ kind, query, saved, onSaved }: Asked & { onSaved: () => void }) {
  const client = useQueryClient();
  // an address without a period shows the default one; a list asked without one would have all times
  const isDefault = query.from !== undefined && !saved.period && !saved.from && !saved.to;
  const period = isDefault && { period: defaultPreset };
  const save = useMutation({
    mutationFn: (name: string) =>
      api('saveReport', {
        body: { name, kind, query: asText({ time_zone: viewerZone, ...saved, ...period }) },
      }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['listSavedReports'] });
      onSaved();
    },
  });
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (name) save.mutate(name);
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <TextField label="Name" name="name" autoFocus required maxLength={120} autoComplete="off" />
      {save.error ? <ErrorBox className="mx-0" error={save.error} /> : null}
      <Button type="submit" look="primary" disabled={save.isPending}>
        Save
      </Button>
    </form>
  );
}

function asText(query: Record<string, unknown>): Record<string, string> {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}
