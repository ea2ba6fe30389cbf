import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduleBody } from '../../../../src/contract/schedules.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { humanize, type Tone } from '../../words.ts';
import { ScheduleForm } from './schedule-form.tsx';

const tones: Record<string, Tone> = {
  waiting: 'neutral',
  running: 'accent',
  retrying: 'warn',
  done: 'good',
  failed: 'bad',
};

/** What is sent out when, how it went, and what to do where it failed. */
export function Schedules() {
  const mayWrite = useMayWrite();
  const client = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  const schedules = useQuery({
    ...apiQuery('listSchedules', { query: { limit: 200 } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ last_run: run }) => run?.state === 'waiting' || run?.state === 'running')
        ? 1_000
        : 10_000,
  });
  const refresh = () => {
    client.invalidateQueries({ queryKey: ['listSchedules'] });
    client.invalidateQueries({ queryKey: ['listSavedReports'] });
  };
  const act = useMutation({
    mutationFn: async ({ id, what }: { id: string; what: 'send' | 'pause' | 'resume' | 'remove' }) => {
      if (what === 'send') await api('sendScheduleNow', { params: { id } });
      else if (what === 'remove') await api('deleteSchedule', { params: { id } });
      else await api('setScheduleActive', { params: { id }, body: { active: what === 'resume' } });
    },
    onSuccess: refresh,
  });
  return (
    <Card title="Sent out" hint="by mail or webhook, when it is due">
      {schedules.error ? <ErrorBox error={schedules.error} onRetry={() => schedules.refetch()} /> : null}
      {act.error ? <ErrorBox error={act.error} /> : null}
      {schedules.data?.items.length === 0 ? (
        <p className="px-4 py-5 text-ink-2 text-sm">Nothing is sent out yet.</p>
      ) : null}
      <ul className="divide-y divide-line">
        {schedules.data?.items.map((item) => (
          <li key={item.id} className="px-4 py-2.5 text-sm">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="font-medium">{item.saved_report_name}</span>
              <span className="text-ink-2">
                every {dayOf(item)} at {item.at_time} ({item.time_zone}), {item.content} to{' '}
                {item.channel === 'email' ? item.recipients.join(', ') : item.url}
              </span>
              <span className="text-ink-3">by {item.owner ?? 'somebody unknown'}</span>
              {item.owner_gone ? <Badge tone="bad">owner gone</Badge> : null}
              <span className="text-ink-2">
                {item.active ? (
                  <>
                    next <When at={item.next_due_at} />
                  </>
                ) : (
                  'paused'
                )}
              </span>
              {item.last_run ? (
                <Badge tone={tones[item.last_run.state] ?? 'neutral'}>{humanize(item.last_run.state)}</Badge>
              ) : null}
              {mayWrite ? (
                <span className="ml-auto flex gap-1.5">
                  <Button
                    size="small"
                    aria-label={`Send now: ${item.saved_report_name}`}
                    onClick={() => act.mutate({ id: item.id, what: 'send' })}
                  >
                    Send now
                  </Button>
                  <Button
                    size="small"
                    aria-label={`${turnOf(item)}: ${item.saved_report_name}`}
                    onClick={() =>
                      act.mutate({ id: item.id, what: item.active && !item.owner_gone ? 'pause' : 'resume' })
                    }
                  >
                    {turnOf(item)}
                  </Button>
                  <Button
                    size="small"
                    look="danger"
                    aria-label={`Remove: ${item.saved_report_name}`}
                    onClick={() => act.mutate({ id: item.id, what: 'remove' })}
                  >
                    Remove
                  </Button>
                </span>
              ) : null}
            </div>
            {item.owner_gone ? (
              <p className="mt-1 text-pretty text-ink-2">
                Its owner may no longer send: nothing goes out until somebody who may write takes it over.
              </p>
            ) : null}
            {item.last_run?.error ? (
              <p className="mt-1 text-pretty">
                <span className="text-bad">{item.last_run.error.detail}</span>{' '}
                <span className="text-ink-2">{item.last_run.error.advice}</span>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {secret ? (
        <p className="flex flex-wrap items-center gap-3 border-line border-t bg-accent-soft px-4 py-2.5 text-sm">
          What is posted is signed with <code className="break-all font-mono text-xs">{secret}</code>
          <CopyButton text={secret} label="Copy the secret" word="Copy" />
          <span className="text-ink-2">It is shown only now.</span>
        </p>
      ) : null}
      {mayWrite ? (
        <ScheduleForm
          onAdded={(made) => {
            setSecret(made);
            refresh();
          }}
        />
      ) : null}
    </Card>
  );
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** `day`, `Monday`, `month on day 31`. */
function dayOf({ every, weekday, day_of_month: day }: ScheduleBody): string {
  if (every === 'week' && weekday) return weekdays[weekday - 1] ?? every;
  return every === 'month' && day ? `month on day ${day}` : every;
}

/** What the button does that turns a schedule on or off. */
function turnOf({ owner_gone, active }: Pick<ScheduleBody, 'owner_gone' | 'active'>): string {
  if (owner_gone) return 'Take over';
  return active ? 'Pause' : 'Resume';
}
