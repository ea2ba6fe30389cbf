import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ApiInput, api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { viewerZone } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';

type Settings = ApiInput<'createSchedule'>['body'];

const rhythms = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
];
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, i) => ({ value: String(i + 1), label }),
);
const channels = [
  { value: 'email', label: 'Mail' },
  { value: 'webhook', label: 'Webhook' },
];
const contents = [
  { value: 'link', label: 'Link' },
  { value: 'csv', label: 'CSV file' },
  { value: 'xlsx', label: 'Excel file' },
  { value: 'parquet', label: 'Parquet file' },
];

/** Adds a schedule. @param onAdded with the secret of a webhook */
export function ScheduleForm({ onAdded }: { onAdded: (secret: string | null) => void }) {
  const saved = useQuery(apiQuery('listSavedReports', { query: { limit: 500 } }));
  const [every, setEvery] = useState('day');
  const [channel, setChannel] = useState('email');
  const add = useMutation({
    mutationFn: (body: Settings) => api('createSchedule', { body }),
    onSuccess: ({ secret }) => onAdded(secret),
  });
  const reports = saved.data?.items ?? [];
  if (reports.length === 0) return null;

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const to = text('to');
    add.mutate({
      saved_report_id: text('report'),
      every: every as Settings['every'],
      weekday: every === 'week' ? Number(text('weekday')) : null,
      day_of_month: every === 'month' ? Number(text('day')) : null,
      at_time: text('at'),
      time_zone: viewerZone,
      channel: channel as Settings['channel'],
      recipients: channel === 'email' ? to.split(/[\s,;]+/).filter(Boolean) : [],
      url: channel === 'webhook' ? to : null,
      content: text('content') as Settings['content'],
    });
  }

  return (
    <form onSubmit={onSubmit} className="border-line border-t p-4">
      <h3 className="mb-3 font-semibold text-sm">Send another</h3>
      <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label="Report"
          name="report"
          options={reports.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          label="Every"
          options={rhythms}
          value={every}
          onChange={(event) => setEvery(event.target.value)}
        />
        {every === 'week' ? <SelectField label="On" name="weekday" options={weekdays} /> : null}
        {every === 'month' ? (
          <TextField label="On day" name="day" type="number" min={1} max={31} defaultValue={1} required />
        ) : null}
        <TextField label={`At (${viewerZone})`} name="at" type="time" defaultValue="08:00" required />
        <SelectField
          label="By"
          options={channels}
          value={channel}
          onChange={(event) => setChannel(event.target.value)}
        />
        <TextField
          key={channel}
          label={channel === 'email' ? 'Recipients' : 'Address'}
          name="to"
          type={channel === 'email' ? 'text' : 'url'}
          placeholder={channel === 'email' ? 'ann@example.com, bob@example.com' : 'https://…'}
          required
        />
        <SelectField label="As" name="content" options={contents} />
        <Button type="submit" look="primary" disabled={add.isPending}>
          Add
        </Button>
      </div>
      {add.error ? <ErrorBox className="mx-0 mt-3" error={add.error} /> : null}
    </form>
  );
}
