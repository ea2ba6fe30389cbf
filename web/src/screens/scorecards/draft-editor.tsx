import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { TextAreaField } from '../../parts/text-area-field.tsx';
import { humanize } from '../../words.ts';

/** The YAML of a scorecard, checked and saved as a draft beside what is published. */
export function DraftEditor({ source }: { source: string }) {
  const [text, setText] = useState(source);
  const client = useQueryClient();
  const navigate = useNavigate();
  const check = useMutation({ mutationFn: () => api('checkScorecard', { body: { source: text } }) });
  const save = useMutation({
    mutationFn: () => api('saveScorecardDraft', { body: { source: text } }),
    onSuccess: async ({ scorecard }) => {
      await client.invalidateQueries({ queryKey: ['listScorecards'] });
      await navigate({ to: '/scorecards/$id', params: { id: scorecard } });
    },
  });
  const found = check.data;
  return (
    <Card title="Edit as a draft">
      <div className="flex flex-col gap-3 p-4">
        <TextAreaField
          label="YAML"
          rows={22}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => setText(event.target.value)}
          hint="The shared part (extends: common) is added by itself."
        />
        <div className="flex flex-wrap gap-2">
          <Button disabled={text.trim() === '' || check.isPending} onClick={() => check.mutate()}>
            Check
          </Button>
          <Button
            look="primary"
            disabled={text.trim() === '' || save.isPending}
            onClick={() => save.mutate()}
          >
            Save as draft
          </Button>
        </div>
        <div role="status" className="text-sm">
          {found?.faults.length === 0 ? 'No faults.' : null}
          {found?.examples
            ? ` Of its examples ${found.examples.right} are heard as written, ${found.examples.open} left unknown, ${found.examples.wrong} heard otherwise.`
            : null}
          {save.data
            ? ` Saved: ${save.data.version} is ${save.data.state === 'draft' ? 'the draft' : 'published already'}.`
            : null}
        </div>
        {found && found.faults.length > 0 ? (
          <ul className="text-bad text-sm">
            {found.faults.map(({ line, problem, fix }) => (
              <li key={`${line}${problem}`}>
                Line {line}: {problem}; {fix}
              </li>
            ))}
          </ul>
        ) : null}
        {found?.examples && found.examples.misses.length > 0 ? (
          <ul className="text-ink-2 text-xs">
            {found.examples.misses.map(({ criterion, example, wanted, got }) => (
              <li key={`${criterion}${example}`}>
                {humanize(criterion)}: “{example}” should be {wanted}, is {got}
              </li>
            ))}
          </ul>
        ) : null}
        {check.error ? <ErrorBox error={check.error} className="m-0" /> : null}
        {save.error ? <ErrorBox error={save.error} className="m-0" /> : null}
      </div>
    </Card>
  );
}
