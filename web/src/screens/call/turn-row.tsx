import { Fragment, memo } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatClock } from '../../format/number.ts';
import { cn } from '../../parts/class-names.ts';
import { humanize } from '../../words.ts';

type Turn = NonNullable<CallBody['transcript']>['turns'][number];

const speakerLooks: Record<string, string> = { caller: 'text-caller', agent: 'text-agent' };

/** Marks removed details: `[card_number]` stands for what was said. */
function withRedactions(text: string) {
  return text.split(/(\[[a-z_]+\])/).map((piece, index) =>
    /^\[[a-z_]+\]$/.test(piece) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
      <span key={index} className="rounded bg-sunken px-1 text-ink-2 text-xs">
        {humanize(piece.slice(1, -1)).toLowerCase()} removed
      </span>
    ) : (
      piece
    ),
  );
}

/** What one speaker says. The current turn shows its current word; other turns are plain text. */
export const TurnRow = memo(function TurnRow({
  turn,
  index,
  current,
  word,
  cited,
  onSeek,
}: {
  turn: Turn;
  index: number;
  current: boolean;
  word: number;
  /** Whether an answer rests on this turn. */
  cited: boolean;
  onSeek: (seconds: number) => void;
}) {
  return (
    <li
      data-turn={index}
      className={cn(
        'grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2 border-transparent border-l-2 py-1.5 pr-4 pl-3',
        cited && 'border-warn',
        current && 'bg-accent-soft',
      )}
    >
      <button
        type="button"
        onClick={() => onSeek(turn.start)}
        aria-label={`Play from ${formatClock(turn.start)}`}
        className="h-[24px] self-start rounded text-left text-ink-3 text-xs hover:text-accent-ink hover:underline"
      >
        {formatClock(turn.start)}
      </button>
      <div className="min-w-0">
        <span className={cn('mr-2 font-semibold text-xs', speakerLooks[turn.speaker] ?? 'text-ink-3')}>
          {turn.speaker === 'ivr' ? 'Menu' : humanize(turn.speaker)}
          {turn.speaker_confidence < 0.7 ? (
            <span title="Who speaks is a guess here" className="font-normal">
              {' '}
              ?
            </span>
          ) : null}
        </span>
        <span className="text-pretty text-[0.9375rem] leading-relaxed">
          {current && turn.words.length > 0
            ? turn.words.map((spoken, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: words of one fixed text
                <Fragment key={at}>
                  {/* a real space, so that what is copied, searched for or read out has words */}
                  {at > 0 ? ' ' : null}
                  <button
                    type="button"
                    tabIndex={-1}
                    onClick={() => onSeek(spoken.start)}
                    className={cn('rounded-sm', at === word && 'bg-accent text-on-accent')}
                  >
                    {withRedactions(spoken.text)}
                  </button>
                </Fragment>
              ))
            : withRedactions(turn.text)}
        </span>
      </div>
    </li>
  );
});
