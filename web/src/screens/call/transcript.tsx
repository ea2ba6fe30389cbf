import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { momentAt } from './moment.ts';
import type { PlayerClock } from './player-clock.ts';
import { TurnRow } from './turn-row.tsx';
import { useClockValue } from './use-clock.ts';

/** Scrolls the list, not the page, so that a turn is in view. */
function reveal(list: HTMLElement | null, turn: number): void {
  const row = list?.querySelector<HTMLElement>(`[data-turn="${turn}"]`);
  if (!list || !row) return;
  const above = row.offsetTop < list.scrollTop;
  const below = row.offsetTop + row.offsetHeight > list.scrollTop + list.clientHeight;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (above || below) {
    list.scrollTo({ top: row.offsetTop - list.clientHeight / 3, behavior: calm ? 'auto' : 'smooth' });
  }
}

/** Who said what and when; follows the recording, and leads it by a click. */
export function Transcript({
  call,
  transcript,
  clock,
  pointed,
}: {
  call: CallBody;
  transcript: NonNullable<CallBody['transcript']>;
  clock: PlayerClock | null;
  /** The turn of the quote that was last followed: shown where there is no sound to lead. */
  pointed: number;
}) {
  const { turns } = transcript;
  const list = useRef<HTMLOListElement>(null);
  const turn = useClockValue(clock, (audio) => started(audio) ?? momentAt(turns, audio.currentTime).turn, -1);
  const word = useClockValue(clock, (audio) => started(audio) ?? momentAt(turns, audio.currentTime).word, -1);
  const cited = useMemo(
    () => new Set(call.answers.flatMap((answer) => answer.evidence.map((evidence) => evidence.turn))),
    [call.answers],
  );
  const onSeek = useCallback((seconds: number) => clock?.seek(seconds, { play: true }), [clock]);
  useEffect(() => reveal(list.current, turn), [turn]);

  return (
    <Card
      title="Transcript"
      hint={`${transcript.engine} · ${transcript.language}`}
      actions={transcript.simulated ? <Badge tone="warn">Simulated transcript</Badge> : null}
    >
      {turns.length === 0 ? <p className="p-4 text-ink-2 text-sm">Nothing was said.</p> : null}
      <ol
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
        aria-label="Turns"
        className="relative max-h-[34rem] lg:max-h-[46rem] overflow-y-auto rounded-b-xl py-2"
      >
        {turns.map((said, index) => (
          <TurnRow
            // biome-ignore lint/suspicious/noArrayIndexKey: turns of one fixed transcript
            key={index}
            turn={said}
            index={index}
            current={index === (clock ? turn : pointed)}
            word={index === turn ? word : -1}
            cited={cited.has(index)}
            onSeek={onSeek}
          />
        ))}
      </ol>
    </Card>
  );
}

/** Before anybody has touched the player nothing is current: -1; else undefined. */
function started(audio: HTMLAudioElement): -1 | undefined {
  return audio.paused && audio.currentTime === 0 ? -1 : undefined;
}
