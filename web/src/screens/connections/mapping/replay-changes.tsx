import { ChevronRight } from 'lucide-react';
import type { ReplayBody } from '../../../../../src/contract/replays.ts';
import { formatCount, formatCounted } from '../../../format/number.ts';
import { Badge } from '../../../parts/badge.tsx';
import { ChangeTable } from './change-table.tsx';

const words = { changed: 'Changed', made: 'New call', removed: 'Goes away' };

/** Calls that a replay changes: how many by field, then one by one. */
export function ReplayChanges({ result }: { result: ReplayBody }) {
  const fields = Object.entries(result.fields).sort(([, a], [, b]) => b - a);
  const left = result.changed_calls - result.changes.length;
  return (
    <div className="rounded-lg border border-line">
      <ul aria-label="Calls by field" className="flex flex-wrap gap-1.5 px-4 py-3">
        {fields.map(([field, calls]) => (
          <li key={field}>
            <Badge>
              {field} · {formatCount(calls)}
            </Badge>
          </li>
        ))}
      </ul>
      <div className="max-h-128 overflow-y-auto">
        {result.changes.map(({ call_id, call_instance_id, change, fields }, index) => (
          <details key={call_instance_id} open={index === 0} className="group border-line border-t">
            <summary className="flex min-h-10 list-none flex-wrap items-center gap-x-3 px-4 text-sm">
              <ChevronRight
                aria-hidden
                className="size-4 text-ink-3 transition-transform group-open:rotate-90"
              />
              <span className="min-w-0 truncate font-mono text-xs">{call_instance_id}</span>
              <Badge tone={change === 'removed' ? 'warn' : 'neutral'}>{words[change]}</Badge>
              <span className="text-ink-3 text-xs">{call_id}</span>
            </summary>
            <ChangeTable label={`Changes of the call ${call_instance_id}`} changes={fields} />
          </details>
        ))}
      </div>
      {left > 0 ? (
        <p className="border-line border-t px-4 py-2.5 text-ink-2 text-sm">
          … and {formatCounted(left, 'more call')}.
        </p>
      ) : null}
    </div>
  );
}
