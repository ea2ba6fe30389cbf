import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { apiQuery } from '../../api-query.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { EngineCard } from './engine-card.tsx';
import { FailureList } from './failure-list.tsx';
import { StageTable } from './stage-table.tsx';

/** Where calls stand, stage by stage, and what holds them up. */
export function Pipeline() {
  const pipeline = useQuery({ ...apiQuery('getPipeline', {}), refetchInterval: 3_000 });
  const stages = pipeline.data?.stages ?? [];
  const held = stages.filter(({ failures }) => failures.length > 0);
  return (
    <>
      <PageHeader title="Pipeline" lead="Every call goes through these stages. The page follows by itself." />
      {pipeline.error ? (
        <ErrorBox className="mx-0" error={pipeline.error} onRetry={() => pipeline.refetch()} />
      ) : null}
      <div className="flex flex-col gap-4">
        <Card title="Stages" hint="calls by state">
          {pipeline.data ? (
            <StageTable stages={stages} />
          ) : pipeline.error ? null : (
            <SkeletonRows rows={3} label="Loading the stages" />
          )}
        </Card>
        {pipeline.data ? (
          <Card title="What holds calls up">
            {held.length === 0 ? (
              <Empty icon={<CircleCheck />} title="Nothing">
                No call has failed, and none is parked.
              </Empty>
            ) : (
              <FailureList stages={held} />
            )}
          </Card>
        ) : null}
        <EngineCard />
      </div>
    </>
  );
}
