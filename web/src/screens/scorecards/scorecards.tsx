import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { apiQuery } from '../../api-query.ts';
import { Badge } from '../../parts/badge.tsx';
import { buttonLook } from '../../parts/button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { When } from '../../parts/when.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { Agreement } from './agreement.tsx';
import { Rescores } from './rescores.tsx';
import { Rules } from './rules.tsx';

const route = getRouteApi('/app/scorecards');

/** Which questions are asked of calls, by whom they were answered how well, and what another version would change. */
export function Scorecards() {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader
        title="Scorecards"
        lead="The questions asked of each call, and the rules that make it billable."
        actions={
          useMayWrite() ? (
            <Link to="/scorecards/$id" params={{ id: 'new' }} className={buttonLook({ look: 'plain' })}>
              New scorecard
            </Link>
          ) : null
        }
      />
      <Tabs
        label="Scorecards"
        value={tab ?? 'versions'}
        onChange={(next) => navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: 'versions', label: 'Versions', content: <List /> },
          { value: 'rules', label: 'Who gets which', content: <Rules /> },
          { value: 'rescores', label: 'Judge again', content: <Rescores /> },
          { value: 'agreement', label: 'Agreement', content: <Agreement /> },
        ]}
      />
    </>
  );
}

function List() {
  const scorecards = useQuery(apiQuery('listScorecards', {}));
  if (scorecards.error) return <ErrorBox error={scorecards.error} onRetry={() => scorecards.refetch()} />;
  if (!scorecards.data) return <SkeletonRows label="Loading scorecards" />;
  return (
    <Table label="Scorecards">
      <thead>
        <tr>
          <Th>Scorecard</Th>
          <Th>In force</Th>
          <Th>Since</Th>
          <Th>Questions</Th>
          <Th>Draft</Th>
        </tr>
      </thead>
      <tbody>
        {scorecards.data.items.map(({ id, title, criteria, versions }) => {
          const inForce = versions.find((version) => version.in_force);
          const draft = versions.find(({ state }) => state === 'draft');
          return (
            <tr key={id} className={rowLook}>
              <Td className="whitespace-nowrap">
                <Link
                  to="/scorecards/$id"
                  params={{ id }}
                  className="font-medium text-accent-ink hover:underline"
                >
                  {title}
                </Link>
              </Td>
              <Td className="font-mono text-xs">{inForce?.version ?? '—'}</Td>
              <Td>
                <When at={inForce?.published_at} />
              </Td>
              <Td>{criteria.length}</Td>
              <Td>{draft ? <Badge tone="warn">{draft.version}</Badge> : null}</Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
