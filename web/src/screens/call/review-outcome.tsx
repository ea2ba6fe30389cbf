import { CheckCheck, Pencil, Undo2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { CallBody } from '../../../../src/contract/calls.ts';
import {
  billableValues,
  flagValues,
  notAProspectReasons,
  prospectValues,
  reachedValues,
  resultValues,
} from '../../../../src/domain/outcome.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { humanize } from '../../words.ts';
import { type NewReview, useReview } from './use-review.ts';

const parts = {
  prospect: prospectValues,
  result: resultValues,
  billable: billableValues,
  reached: reachedValues,
} as const;
type Part = keyof typeof parts;

/** A person's word on the outcome as a whole, beside that on single answers. */
export function ReviewOutcome({ call, mayWrite }: { call: CallBody; mayWrite: boolean }) {
  const [open, setOpen] = useState(false);
  const { save, undo } = useReview(call.id, () => setOpen(false));
  const { outcome, judged } = call;
  const standing = (call.reviews ?? []).filter((review) => review.undone_at === null);
  const ofOutcome = standing.filter(({ field }) => field !== 'answer');
  const isChanged = judged && (Object.keys(parts) as Part[]).some((part) => judged[part] !== outcome?.[part]);
  if (!outcome) return null;

  function confirmAll(): void {
    save.mutate(openQuestions(call));
  }

  return (
    <div className="mt-3 border-line border-t pt-3 text-xs">
      {isChanged ? (
        <p className="text-pretty text-ink-2">
          The judge alone: {humanize(judged.prospect)}
          {judged.reason ? ` (${humanize(judged.reason)})` : ''}, {humanize(judged.result)}, billable{' '}
          {judged.billable}.
        </p>
      ) : null}
      <ul>
        {ofOutcome.map((review) => (
          <li key={review.id} className="mt-1 flex flex-wrap items-center gap-x-2 text-ink-2">
            <span className="min-w-0 text-pretty">
              {humanize(review.subject || review.field)}: {humanize(review.value)}, by {review.reviewed_by}:{' '}
              {review.reason}
            </span>
            {mayWrite ? (
              <Button
                size="small"
                look="quiet"
                aria-label={`Undo the review of ${humanize(review.subject || review.field)}`}
                onClick={() => undo.mutate(review.id)}
              >
                <Undo2 aria-hidden /> Undo
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <div className="mt-1 flex flex-wrap gap-1">
          <Button size="small" onClick={() => setOpen(true)}>
            <Pencil aria-hidden /> Correct the outcome
          </Button>
          {openQuestions(call).length > 0 ? (
            <Button
              size="small"
              look="quiet"
              disabled={save.isPending}
              onClick={confirmAll}
              data-review
              title="R, then Enter"
            >
              <CheckCheck aria-hidden /> Confirm all that is left
            </Button>
          ) : null}
        </div>
      ) : null}
      {save.error && !open ? <ErrorBox error={save.error} className="mx-0 my-2" /> : null}
      {undo.error ? <ErrorBox error={undo.error} className="mx-0 my-2" /> : null}
      <Dialog open={open} onClose={() => setOpen(false)} title="Correct the outcome">
        <OutcomeForm call={call} onSave={(review) => save.mutate([review])} busy={save.isPending} />
        {save.error ? <ErrorBox error={save.error} className="mx-0 mt-4" /> : null}
      </Dialog>
    </div>
  );
}

/**
 * What nobody reviewed yet, as confirmations of what stands. Billable is none of it: it follows from the contract, and
 * would no longer follow a new one.
 */
function openQuestions(call: CallBody): NewReview[] {
  const { outcome, judged } = call;
  if (!outcome) return [];
  const reviewed = new Set(
    (call.reviews ?? [])
      .filter((one) => one.undone_at === null)
      .map(({ field, subject }) => `${field} ${subject}`),
  );
  const answers = call.answers
    .filter(({ criterion }) => !reviewed.has(`answer ${criterion}`))
    .map(({ criterion, value }): NewReview => ({ field: 'answer', subject: criterion, value }));
  const rest = (['reached', 'prospect', 'result'] as const)
    .filter((part) => !reviewed.has(`${part} `))
    .map((part): NewReview => {
      const changed = judged && judged[part] !== outcome[part];
      return {
        field: part,
        value: outcome[part],
        prospect_reason:
          part === 'prospect' && ['unqualified', 'not_a_prospect'].includes(outcome.prospect)
            ? outcome.reason
            : null,
        ...(changed && { reason: 'follows from the corrected answers' }),
      };
    });
  return [...answers, ...rest];
}

function OutcomeForm({
  call,
  onSave,
  busy,
}: {
  call: CallBody;
  onSave: (review: NewReview) => void;
  busy: boolean;
}) {
  const [field, setField] = useState<Part | 'flag'>('prospect');
  const [value, setValue] = useState<string>(call.outcome?.prospect ?? 'unknown');
  const reasons =
    field !== 'prospect'
      ? []
      : value === 'unqualified'
        ? call.answers.filter(({ gate }) => gate).map(({ criterion }) => criterion)
        : value === 'not_a_prospect'
          ? [...notAProspectReasons]
          : [];
  const values = field === 'flag' ? ['yes', 'no'] : parts[field];

  function choose(next: Part | 'flag'): void {
    setField(next);
    setValue(next === 'flag' ? 'yes' : (call.outcome?.[next] ?? parts[next][0]));
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSave({
      field,
      value,
      subject: field === 'flag' ? String(form.get('flag')) : '',
      prospect_reason: reasons.length > 0 ? String(form.get('prospect_reason')) : null,
      reason: String(form.get('reason')),
    });
  }

  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <SelectField
        label="What"
        value={field}
        onChange={(event) => choose(event.target.value as Part | 'flag')}
        options={[...Object.keys(parts), 'flag'].map((name) => ({ value: name, label: humanize(name) }))}
      />
      {field === 'flag' ? (
        <SelectField
          label="Flag"
          name="flag"
          options={flagValues.map((flag) => ({ value: flag, label: humanize(flag) }))}
        />
      ) : null}
      <SelectField
        label="It is"
        value={value}
        onChange={(event) => setValue(event.target.value)}
        options={values.map((one) => ({ value: one, label: humanize(one) }))}
      />
      {reasons.length > 0 ? (
        <SelectField
          label={value === 'unqualified' ? 'The gate that fails' : 'Why no prospect'}
          name="prospect_reason"
          options={reasons.map((one) => ({ value: one, label: humanize(one) }))}
        />
      ) : null}
      <TextField label="Why" name="reason" required maxLength={1000} />
      <p className="text-pretty text-ink-3 text-xs">
        What follows from it is decided by the scorecard’s billing rules, as ever. It stays in force when the
        call is judged again.
      </p>
      <Button type="submit" look="primary" disabled={busy}>
        Save the correction
      </Button>
    </form>
  );
}
