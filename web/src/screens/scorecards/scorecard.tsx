import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ScorecardBody } from '../../../../src/contract/scorecards.ts';
import { api } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CodeBlock } from '../../parts/code-block.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { humanize } from '../../words.ts';
import { DraftEditor } from './draft-editor.tsx';

const route = getRouteApi('/app/scorecards/$id');

/** One scorecard: what it asks, its versions, and a draft to work on. `new` in place of an id: one to be written. */
export function Scorecard() {
  const { id } = route.useParams();
  const scorecards = useQuery(apiQuery('listScorecards', {}));
  if (scorecards.error) return <ErrorBox error={scorecards.error} onRetry={() => scorecards.refetch()} />;
  if (!scorecards.data) return <SkeletonRows label="Loading the scorecard" />;
  const scorecard = scorecards.data.items.find((one) => one.id === id);
  if (id === 'new')
    return (
      <>
        <PageHeader title="New scorecard" lead="One YAML file; docs/scorecards.md shows how, step by step." />
        <DraftEditor source="" />
      </>
    );
  if (!scorecard) return <ErrorBox error={new Error(`There is no scorecard ${id}.`)} />;
  return <ScorecardPage scorecard={scorecard} />;
}

function ScorecardPage({ scorecard }: { scorecard: ScorecardBody }) {
  const mayWrite = useMayWrite();
  const newest =
    scorecard.versions.find(({ state }) => state === 'draft') ??
    scorecard.versions.find((one) => one.in_force);
  const [shown, setShown] = useState(newest?.version ?? '');
  const source = useQuery({
    ...apiQuery('getScorecardSource', { params: { id: scorecard.id, version: shown } }),
    enabled: shown !== '',
  });
  return (
    <>
      <PageHeader title={scorecard.title} lead={<code className="font-mono text-xs">{scorecard.id}</code>} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Questions">
          <ol className="divide-y divide-line text-sm">
            {scorecard.criteria.map((criterion) => (
              <li key={criterion.id} className="px-4 py-2.5">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {humanize(criterion.id)}
                  {criterion.gate ? <Badge>gate</Badge> : null}
                  {criterion.kind === 'yes_no' ? null : <Badge tone="accent">{criterion.kind}</Badge>}
                </p>
                <p className="text-pretty text-ink-2 text-xs">{criterion.question}</p>
                {criterion.required_text ? (
                  <p className="mt-1 text-pretty text-ink-2 text-xs">
                    To be heard: “{criterion.required_text}”
                  </p>
                ) : null}
              </li>
            ))}
          </ol>
          <h3 className="border-line border-y px-4 py-2 font-semibold text-sm">
            Billing rules, the first that fits
          </h3>
          <ol className="divide-y divide-line text-sm">
            {scorecard.policy.map((rule) => (
              <li key={rule.id} className="flex flex-wrap items-baseline gap-x-2 px-4 py-2">
                <span className="font-medium">{humanize(rule.id)}</span>
                <Badge
                  tone={rule.billable === 'yes' ? 'good' : rule.billable === 'review' ? 'warn' : 'neutral'}
                >
                  {rule.billable}
                </Badge>
                <span className="text-pretty text-ink-2 text-xs">{rule.because}</span>
              </li>
            ))}
          </ol>
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <Versions scorecard={scorecard} shown={shown} onShow={setShown} mayWrite={mayWrite} />
          {source.error ? <ErrorBox error={source.error} className="m-0" /> : null}
          {source.data && mayWrite ? (
            <DraftEditor key={source.data.version} source={source.data.source} />
          ) : source.data ? (
            <CodeBlock text={source.data.source} label="the scorecard" />
          ) : null}
        </div>
      </div>
    </>
  );
}

function Versions({
  scorecard,
  shown,
  onShow,
  mayWrite,
}: {
  scorecard: ScorecardBody;
  shown: string;
  onShow: (version: string) => void;
  mayWrite: boolean;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const params = { id: scorecard.id };
  const onSuccess = () => client.invalidateQueries({ queryKey: ['listScorecards'] });
  const publish = useMutation({ mutationFn: () => api('publishScorecard', { params, body: {} }), onSuccess });
  const drop = useMutation({ mutationFn: () => api('dropScorecardDraft', { params }), onSuccess });
  const tryOut = useMutation({
    mutationFn: (version: string) =>
      api('createRescore', { body: { scorecard: `${scorecard.id}@${version}` } }),
    onSuccess: ({ id }) => navigate({ to: '/rescores/$id', params: { id } }),
  });
  return (
    <Card title="Versions">
      <ul className="divide-y divide-line text-sm">
        {scorecard.versions.map((version) => (
          <li key={version.version} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
            <button
              type="button"
              aria-pressed={version.version === shown}
              onClick={() => onShow(version.version)}
              className="font-mono text-xs underline-offset-2 hover:underline aria-pressed:font-semibold"
            >
              {version.version}
            </button>
            <Badge tone={version.in_force ? 'good' : version.state === 'draft' ? 'warn' : 'neutral'}>
              {version.in_force ? 'in force' : version.state}
            </Badge>
            <span className="text-ink-2 text-xs">
              {version.published_by ?? version.saved_by},{' '}
              <When at={version.published_at ?? version.saved_at} />
            </span>
            {mayWrite ? (
              <span className="ml-auto flex flex-wrap gap-1">
                <Button
                  size="small"
                  disabled={tryOut.isPending}
                  aria-label={`Try on past calls: ${version.version}`}
                  onClick={() => tryOut.mutate(version.version)}
                >
                  Try on past calls
                </Button>
                {version.state === 'draft' ? (
                  <>
                    <Button
                      size="small"
                      look="primary"
                      disabled={publish.isPending}
                      onClick={() => publish.mutate()}
                    >
                      Publish
                    </Button>
                    <Button
                      size="small"
                      look="danger"
                      disabled={drop.isPending}
                      onClick={() => drop.mutate()}
                    >
                      Drop
                    </Button>
                  </>
                ) : null}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {[publish, drop, tryOut].map(({ error }) =>
        error ? <ErrorBox key={String(error)} error={error} /> : null,
      )}
      <p className="px-4 pb-3 text-ink-3 text-xs">
        A published version never changes. What past calls would become is shown before anything is changed:{' '}
        <Link to="/scorecards" search={{ tab: 'rescores' }} className="underline">
          Judge again
        </Link>
        .
      </p>
    </Card>
  );
}
