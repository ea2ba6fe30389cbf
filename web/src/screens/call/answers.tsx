import { Check, CircleHelp, Minus, Quote, X } from 'lucide-react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatClock, formatShare } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { Kbd } from '../../parts/kbd.tsx';
import { humanize } from '../../words.ts';
import { ReviewAnswer } from './review-answer.tsx';

type Answer = CallBody['answers'][number];

function Value({ answer }: { answer: Answer }) {
  if (answer.value === 'yes') {
    return (
      <Badge tone="good">
        <Check aria-hidden /> Yes
      </Badge>
    );
  }
  if (answer.value === 'no') {
    return (
      <Badge tone={answer.gate ? 'bad' : 'neutral'}>
        <X aria-hidden /> No
      </Badge>
    );
  }
  if (answer.value === 'unknown') {
    return (
      <Badge>
        <Minus aria-hidden /> Unknown
      </Badge>
    );
  }
  return <Badge tone="accent">{answer.value}</Badge>;
}

/** What the judge answered per criterion, with the words it rests on. */
export function Answers({
  call,
  mayWrite,
  onMoment,
}: {
  call: CallBody;
  mayWrite: boolean;
  onMoment: (evidence: Answer['evidence'][number]) => void;
}) {
  return (
    <Card title="Answers" hint={call.outcome ? `${call.outcome.scorecard} · ${call.outcome.judge}` : null}>
      {call.answers.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-ink-2 text-sm">
          <CircleHelp aria-hidden className="size-4 text-ink-3" /> Not scored yet. The journey below says why.
        </p>
      ) : null}
      <ol className="divide-y divide-line">
        {call.answers.map((answer, index) => (
          <li key={answer.criterion} className="px-4 py-3">
            <div className="flex items-start gap-3">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
                  {index < 9 && answer.evidence.length > 0 ? <Kbd>{index + 1}</Kbd> : null}
                  {humanize(answer.criterion)}
                  {answer.gate ? (
                    <span className="rounded border border-line px-1 font-normal text-2xs text-ink-2">
                      gate
                    </span>
                  ) : null}
                </p>
                <p className="mt-0.5 text-pretty text-ink-2 text-xs">{answer.question}</p>
              </div>
              <div className="flex shrink-0 flex-col items-end gap-1">
                <Value answer={answer} />
                {answer.value === 'unknown' || answer.judged ? null : (
                  <span className="text-2xs text-ink-3" title="How sure the judge is">
                    {formatShare(answer.confidence)} sure
                  </span>
                )}
              </div>
            </div>
            {answer.note ? <p className="mt-1.5 text-ink-3 text-xs">{answer.note}</p> : null}
            {answer.evidence.map((evidence) => (
              <button
                key={`${evidence.turn} ${evidence.start}`}
                type="button"
                onClick={() => onMoment(evidence)}
                className="mt-2 flex w-full items-start gap-2 rounded-md bg-sunken px-2.5 py-1.5 text-left text-sm hover:bg-accent-soft"
              >
                <Quote aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
                <span className="min-w-0 flex-1 text-pretty">{evidence.quote}</span>
                <span className="shrink-0 text-ink-2 text-xs leading-5">
                  {evidence.speaker} {formatClock(evidence.start)}
                </span>
              </button>
            ))}
            <ReviewAnswer call={call} answer={answer} mayWrite={mayWrite} />
          </li>
        ))}
      </ol>
    </Card>
  );
}
