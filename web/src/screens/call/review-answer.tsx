import { Check, Pencil, Undo2 } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatShare } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { humanize } from '../../words.ts';
import { useReview } from './use-review.ts';

type Answer = CallBody['answers'][number];

/** Longest part of a turn that is shown in a list to choose from. */
const shownWords = 60;

/** A person's word on one answer: confirm it, correct it with a reason, take it back. The judge's own stays in sight. */
export function ReviewAnswer({
  call,
  answer,
  mayWrite,
}: {
  call: CallBody;
  answer: Answer;
  mayWrite: boolean;
}) {
  const [editing, setEditing] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { save, undo } = useReview(call.id, close);
  const review = call.reviews?.find(
    (one) => one.undone_at === null && one.field === 'answer' && one.subject === answer.criterion,
  );
  const subject = { field: 'answer', subject: answer.criterion } as const;
  const name = humanize(answer.criterion);

  /** The keyboard goes on where it was. */
  function close(): void {
    if (!editing) return;
    setEditing(false);
    opener.current?.focus();
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const turn = String(form.get('turn') ?? '');
    save.mutate([
      {
        ...subject,
        value: String(form.get('value')),
        reason: String(form.get('reason')),
        turns: turn === '' ? [] : [Number(turn)],
      },
    ]);
  }

  return (
    <div className="mt-1.5 text-xs">
      {review ? (
        <p className="text-pretty text-ink-2">
          {review.value === answer.judged?.value ? 'Confirmed' : 'Corrected'} by {review.reviewed_by}:{' '}
          {review.reason}.{' '}
          {answer.judged && review.value !== answer.judged.value
            ? `The judge says ${answer.judged.value}${answer.judged.value === 'unknown' ? '' : ` (${formatShare(answer.judged.confidence)} sure${answer.judged.evidence[0] ? `, by “${answer.judged.evidence[0].quote}”` : ''})`}.`
            : null}
        </p>
      ) : null}
      {mayWrite ? (
        <div className="mt-1 flex flex-wrap gap-1">
          {review ? null : (
            <Button
              size="small"
              look="quiet"
              disabled={save.isPending}
              aria-label={`Confirm ${name}`}
              onClick={() => save.mutate([{ ...subject, value: answer.value }])}
            >
              <Check aria-hidden /> Confirm
            </Button>
          )}
          <Button
            size="small"
            look="quiet"
            aria-expanded={editing}
            aria-label={`Correct ${name}`}
            ref={opener}
            onClick={() => setEditing(!editing)}
          >
            <Pencil aria-hidden /> Correct
          </Button>
          {review ? (
            <Button
              size="small"
              look="quiet"
              disabled={undo.isPending}
              aria-label={`Undo the review of ${name}`}
              onClick={() => undo.mutate(review.id)}
            >
              <Undo2 aria-hidden /> Undo
            </Button>
          ) : null}
        </div>
      ) : null}
      {undo.error ? <ErrorBox error={undo.error} className="mx-0 my-2" /> : null}
      {save.error ? <ErrorBox error={save.error} className="mx-0 my-2" /> : null}
      {editing ? (
        <form
          ref={focusFirst}
          onSubmit={onSubmit}
          onKeyDown={(event) => event.key === 'Escape' && close()}
          className="mt-2 flex flex-col gap-3 rounded-lg border border-line p-3"
        >
          <ValueField answer={answer} />
          <TextField label="Why" name="reason" required maxLength={1000} />
          {call.transcript ? (
            <SelectField
              label="Where it is said"
              name="turn"
              options={[
                { value: '', label: 'Nowhere in particular' },
                ...call.transcript.turns.map((turn, at) => ({
                  value: String(at),
                  label: `${at} ${turn.speaker}: ${turn.text.slice(0, shownWords)}`,
                })),
              ]}
            />
          ) : null}
          <div className="flex gap-2">
            <Button type="submit" look="primary" size="small" disabled={save.isPending}>
              Save the correction
            </Button>
            <Button size="small" onClick={close}>
              Cancel
            </Button>
          </div>
        </form>
      ) : null}
    </div>
  );
}

function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('select, input')?.focus();
}

/** Who corrects a yes means a no; of other answers nothing is supposed. */
const opposite: Record<string, string> = { yes: 'no', no: 'yes' };

function ValueField({ answer }: { answer: Answer }) {
  const known =
    answer.kind === 'choice'
      ? (answer.choices ?? [])
      : answer.kind === 'yes_no' || !answer.kind
        ? ['yes', 'no']
        : null;
  if (!known) {
    const hint = answer.kind === 'date' ? '2025, 2025-03 or 2025-03-14; or unknown' : 'A number, or unknown';
    return <TextField label="It is" name="value" required defaultValue={answer.value} hint={hint} />;
  }
  return (
    <SelectField
      label="It is"
      name="value"
      defaultValue={opposite[answer.value] ?? answer.value}
      options={[...known, 'unknown'].map((value) => ({ value, label: humanize(value) }))}
    />
  );
}
