import type { ReplayBody } from '../../../../../src/contract/replays.ts';
import { formatCount, formatCounted } from '../../../format/number.ts';
import { Button } from '../../../parts/button.tsx';

/** How far a replay is, and a way to stop it. */
export function ReplayProgress({
  replay,
  onCancel,
  cancelling,
}: {
  replay: ReplayBody;
  onCancel: () => void;
  cancelling: boolean;
}) {
  const comparing = replay.dry_run && replay.total !== null && replay.events >= replay.total;
  const [done, all] = comparing ? [replay.compared, replay.calls] : [replay.events, replay.total];
  const [one, what] = comparing ? ['call', 'compared'] : ['event', 'read'];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <progress
        aria-label={replay.dry_run ? 'Progress of the look ahead' : 'Progress of the replay'}
        {...(all ? { value: done, max: all } : {})}
        className="h-2 min-w-32 flex-1 accent-accent"
      />
      <span className="text-ink-2 text-xs tabular-nums">
        {all === null ? 'Counting events…' : `${formatCount(done)} of ${formatCounted(all, one)} ${what}`}
      </span>
      <Button disabled={cancelling} onClick={onCancel}>
        Stop
      </Button>
    </div>
  );
}
