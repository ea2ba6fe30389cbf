import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { apiQuery } from '../../api-query.ts';
import { ErrorBox } from '../../parts/error-box.tsx';
import { Skeleton, SkeletonRows } from '../../parts/skeleton.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { neighbours } from '../calls/call-list-memory.ts';
import { Answers } from './answers.tsx';
import { CallChanges } from './call-changes.tsx';
import { CallEvents } from './call-events.tsx';
import { CallHeader } from './call-header.tsx';
import { DisagreementBanner } from './disagreement-banner.tsx';
import { EraseCaller } from './erase-caller.tsx';
import { Fields } from './fields.tsx';
import { Journey } from './journey.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { Player } from './player.tsx';
import { Transcript } from './transcript.tsx';
import { useCallKeys } from './use-call-keys.ts';
import { useClock } from './use-clock.ts';

const route = getRouteApi('/app/calls/$id');
const moving = new Set(['waiting', 'queued', 'running', 'retrying']);

/** One call: who, how much, what was said, and what follows from it. */
export function Call() {
  const { id } = route.useParams();
  const call = useQuery({
    ...apiQuery('getCall', { params: { id } }),
    // only while something is on its way
    refetchInterval: ({ state }) => (state.data?.stages.some((run) => moving.has(run.state)) ? 2_000 : false),
  });
  if (call.error && !call.data) {
    return <ErrorBox className="mx-0" error={call.error} onRetry={() => call.refetch()} />;
  }
  if (!call.data) {
    return (
      <div className="flex flex-col gap-4">
        <Skeleton className="h-24 w-full max-w-xl" />
        <Skeleton className="h-36 w-full" />
        <SkeletonRows label="Loading the call" />
      </div>
    );
  }
  return <CallPage key={id} call={call.data} />;
}

function CallPage({ call }: { call: CallBody }) {
  const { tab, at } = route.useSearch();
  const navigate = route.useNavigate();
  const clock = useClock(call.audio?.url);
  const around = neighbours(call.id);
  const mayWrite = useMayWrite();
  const [pointed, setPointed] = useState(-1);
  function onMoment({ turn, start }: CallBody['answers'][number]['evidence'][number]): void {
    setPointed(turn);
    if (clock) clock.seek(start, { play: true });
    else document.querySelector(`[data-turn="${turn}"]`)?.scrollIntoView({ block: 'center' });
  }
  const { previous, next } = around;
  useCallKeys({ call, clock, onMoment, previous, next });
  // a link from a search or a quote names its moment
  useEffect(() => {
    if (at === undefined) return;
    clock?.seek(at);
    const turn = call.transcript?.turns.findLastIndex(({ start }) => start <= at + 1) ?? -1;
    setPointed(turn);
    document.querySelector(`[data-turn="${turn}"]`)?.scrollIntoView({ block: 'center' });
  }, [at, clock, call.transcript]);

  return (
    <div className="flex flex-col gap-4">
      <CallHeader call={call} around={around} />
      <DisagreementBanner call={call} />
      <OutcomePanel call={call} mayWrite={mayWrite} />
      {call.audio ? <Player call={call} audio={call.audio} clock={clock} /> : null}
      {/* on a phone the answers come first: below a whole transcript nobody finds them */}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
        <div className="min-w-0 lg:col-start-2">
          <Answers call={call} mayWrite={mayWrite} onMoment={onMoment} />
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-start-1">
          {call.transcript ? (
            <Transcript call={call} transcript={call.transcript} clock={clock} pointed={pointed} />
          ) : (
            <NoTranscript call={call} />
          )}
        </div>
      </div>
      <Tabs
        label="More about the call"
        value={tab ?? 'journey'}
        onChange={(next) => navigate({ search: { tab: next }, replace: true, resetScroll: false })}
        tabs={[
          { value: 'journey', label: 'Journey', content: <Journey call={call} /> },
          { value: 'fields', label: 'Fields', content: <Fields call={call} /> },
          {
            value: 'events',
            label: `Events (${call.event_count})`,
            content: (
              <>
                <CallEvents callId={call.id} />
                <CallChanges callId={call.id} />
              </>
            ),
          },
        ]}
      />
      <EraseCaller call={call} />
    </div>
  );
}

/** Why there is nothing to read yet. */
function NoTranscript({ call }: { call: CallBody }) {
  const held = call.stages.find((run) => run.stage !== 'score' && run.state !== 'done');
  return (
    <section
      className="rounded-xl border border-line border-dashed bg-surface p-5 text-sm"
      aria-live="polite"
    >
      <h2 className="font-semibold">No transcript yet</h2>
      <p className="mt-1 text-pretty text-ink-2">
        {held?.error?.advice ??
          (call.recording
            ? 'It appears here as soon as the recording is fetched and read.'
            : 'The platform has sent no recording so far.')}
      </p>
    </section>
  );
}
