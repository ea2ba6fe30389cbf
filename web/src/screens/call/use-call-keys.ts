import { useNavigate } from '@tanstack/react-router';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { useKeys } from '../../keys/use-keys.ts';
import type { PlayerClock } from './player-clock.ts';

/** Keys of the call page: play, step, jump to evidence, review, next and previous call. */
export function useCallKeys({
  call,
  clock,
  onMoment,
  previous,
  next,
}: {
  call: CallBody;
  clock: PlayerClock | null;
  onMoment: (evidence: CallBody['answers'][number]['evidence'][number]) => void;
  previous: string | undefined;
  next: string | undefined;
}): void {
  const navigate = useNavigate();
  const open = (id: string | undefined) => id && navigate({ to: '/calls/$id', params: { id } });
  const step = (seconds: number) => (event: KeyboardEvent) => {
    // in a tab list the arrows choose the tab
    if ((event.target as HTMLElement).closest('[role="tablist"]')) return;
    event.preventDefault();
    if (clock) clock.seek(clock.audio.currentTime + seconds);
  };
  const jumps = Object.fromEntries(
    call.answers.slice(0, 9).map((answer, index) => [
      String(index + 1),
      () => {
        const first = answer.evidence[0];
        if (first) onMoment(first);
      },
    ]),
  );
  useKeys({
    ' ': (event) => {
      if ((event.target as HTMLElement).closest('button, a, summary, [role="tab"]')) return;
      event.preventDefault();
      clock?.toggle();
    },
    ArrowLeft: step(-5),
    ArrowRight: step(5),
    j: () => open(next),
    k: () => open(previous),
    // the next key, Enter, does it: a review by a slip would count as a person's word
    r: () => document.querySelector<HTMLElement>('[data-review]')?.focus(),
    ...jumps,
  });
}
