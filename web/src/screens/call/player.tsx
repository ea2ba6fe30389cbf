import { useQuery } from '@tanstack/react-query';
import { Download, Pause, Play } from 'lucide-react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { apiQuery } from '../../api-query.ts';
import { formatBytes, formatClock } from '../../format/number.ts';
import { Button, buttonLook } from '../../parts/button.tsx';
import type { PlayerClock } from './player-clock.ts';
import { SoundLegend } from './sound-legend.tsx';
import { stretchesOf } from './sound-stretches.ts';
import { useClockValue } from './use-clock.ts';
import { type Lane, Waveform } from './waveform.tsx';

const rates = [1, 1.25, 1.5, 2];
const sides = {
  caller: { name: 'Caller', look: 'text-caller' },
  agent: { name: 'Agent', look: 'text-agent' },
};
const laneOrders = {
  'caller-agent': [sides.caller, sides.agent],
  'agent-caller': [sides.agent, sides.caller],
  mono: [],
};

function makeLanes(peaks: number[][], layout: keyof typeof laneOrders): Lane[] {
  if (peaks.length < 2)
    return peaks.map((channel) => ({ name: 'Both', look: 'text-caller', peaks: channel }));
  return peaks.map((channel, index) => ({
    ...(laneOrders[layout][index] ?? { name: `Channel ${index + 1}`, look: 'text-caller' }),
    peaks: channel,
  }));
}

/** Plays the recording in step with the transcript. */
export function Player({
  call,
  audio,
  clock,
}: {
  call: CallBody;
  audio: NonNullable<CallBody['audio']>;
  clock: PlayerClock | null;
}) {
  const connection = useQuery(apiQuery('getConnection', { params: { id: call.connection_id } }));
  const playing = useClockValue(clock, (element) => !element.paused, false);
  const second = useClockValue(clock, (element) => Math.floor(element.currentTime), 0);
  const rate = useClockValue(clock, (element) => element.playbackRate, 1);
  const broken = useClockValue(clock, (element) => element.error !== null, false);
  const lanes = makeLanes(audio.peaks, connection.data?.channel_layout ?? 'caller-agent');
  const stretches = stretchesOf(audio);
  const marks = [...new Set(call.answers.flatMap((answer) => answer.evidence.map(({ start }) => start)))];

  return (
    <section aria-label="Recording" className="rounded-xl border border-line bg-surface p-4">
      <div className="flex items-center gap-3 sm:gap-4">
        <Button
          look="primary"
          className="size-11 shrink-0 rounded-full p-0 [&_svg]:size-5"
          aria-label={playing ? 'Pause' : 'Play'}
          title="Space"
          disabled={!clock || broken}
          onClick={() => clock?.toggle()}
        >
          {playing ? <Pause aria-hidden fill="currentColor" /> : <Play aria-hidden fill="currentColor" />}
        </Button>
        {lanes.length > 1 ? (
          <div aria-hidden className="flex flex-col gap-1 pt-3.5 text-2xs max-sm:hidden">
            {lanes.map((lane) => (
              <span key={lane.name} className={`flex h-10 items-center font-medium ${lane.look}`}>
                {lane.name}
              </span>
            ))}
          </div>
        ) : null}
        <div className="min-w-0 flex-1">
          <Waveform lanes={lanes} seconds={audio.seconds} marks={marks} stretches={stretches} clock={clock} />
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-2 text-xs">
        <span className="font-medium text-ink">
          {formatClock(second)} <span className="text-ink-3">/ {formatClock(audio.seconds)}</span>
        </span>
        <label className="flex items-center gap-1.5">
          Speed
          <select
            value={rate}
            onChange={(event) => {
              if (clock) clock.audio.playbackRate = Number(event.target.value);
            }}
            className="h-7 rounded-md border border-line-strong/60 bg-surface px-1"
          >
            {rates.map((value) => (
              <option key={value} value={value}>
                {value}×
              </option>
            ))}
          </select>
        </label>
        {marks.length > 0 ? (
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="size-1.5 rounded-full bg-warn" /> evidence
          </span>
        ) : null}
        <SoundLegend stretches={stretches} />
        <span className="ml-auto">
          {audio.codec.toUpperCase()}
          {audio.original === 'played' ? '' : ', played as mu-law WAV'} ·{' '}
          {audio.channels === 1 ? 'mono' : `${audio.channels} channels`} · {formatBytes(audio.bytes)}
        </span>
        <a href={audio.url} download className={buttonLook({ look: 'quiet', size: 'small' })}>
          <Download aria-hidden /> Audio
        </a>
      </div>
      {broken ? (
        <p role="alert" className="mt-2 text-bad text-sm">
          The audio cannot be played here. Download it to listen.
        </p>
      ) : null}
      {audio.muted.length > 0 ? (
        <p className="mt-2 text-ink-2 text-xs">
          Silent where words were removed ({audio.muted.length}).{' '}
          {audio.original === 'encrypted' ? 'The original is kept encrypted.' : 'The original is not kept.'}
        </p>
      ) : null}
      {audio.warnings.map((warning) => (
        <p key={warning} className="mt-2 text-sm text-warn">
          {warning}
        </p>
      ))}
    </section>
  );
}
