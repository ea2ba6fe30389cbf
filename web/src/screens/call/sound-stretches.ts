import type { CallBody } from '../../../../src/contract/calls.ts';
import type { Stretch } from './waveform.tsx';

const looks = {
  music: { name: 'Hold music or noise', look: 'bg-agent/15' },
  ringing: { name: 'Ringing', look: 'bg-accent/20' },
  tone: { name: 'Tone', look: 'bg-warn/30' },
} as const;

/** What the outline of a recording shows besides its loudness. Silence shows by itself. */
export function stretchesOf(audio: Pick<NonNullable<CallBody['audio']>, 'marks' | 'muted'>): Stretch[] {
  const heard = audio.marks.flatMap(({ kind, start, end }) =>
    kind === 'silence' ? [] : [{ ...looks[kind], start, end }],
  );
  const removed = audio.muted.map((span) => ({ name: 'Removed words', look: 'bg-ink/25', ...span }));
  return [...heard, ...removed];
}
