import { Link } from '@tanstack/react-router';
import type { SearchHitBody } from '../../../../src/contract/search.ts';
import { formatClock } from '../../format/number.ts';
import { Badge } from '../../parts/badge.tsx';
import { DisagreementBadge } from '../../parts/disagreement-badge.tsx';
import { When } from '../../parts/when.tsx';
import { humanize, prospectTones, prospectWords } from '../../words.ts';
import { momentOf } from '../call/moment.ts';

/** One call that says it, with the places; each leads to its moment. */
export function SearchHit({ hit }: { hit: SearchHitBody }) {
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Link to="/calls/$id" params={{ id: hit.call_id }} className="font-medium hover:underline">
          <When at={hit.call_at} />
        </Link>
        <span className="text-ink-2">
          {hit.publisher_name ?? '—'} → {hit.buyer_name ?? '—'}
        </span>
        {hit.prospect ? (
          <Badge tone={prospectTones[hit.prospect]}>{prospectWords[hit.prospect]}</Badge>
        ) : null}
        {hit.disagreements.map((kind) => (
          <DisagreementBadge key={kind} kind={kind} />
        ))}
        {hit.simulated_transcript ? <Badge tone="warn">Simulated transcript</Badge> : null}
      </div>
      <ul className="mt-1.5 flex flex-col gap-1">
        {hit.snippets.map(({ turn, speaker, start, pieces }) => (
          <li key={turn} className="text-pretty text-sm leading-relaxed">
            <Link
              to="/calls/$id"
              params={{ id: hit.call_id }}
              search={{ at: momentOf(start) }}
              aria-label={`Go to ${formatClock(start)}`}
              className="mr-2 inline-flex min-h-[24px] items-center text-accent-ink text-xs hover:underline"
            >
              {formatClock(start)}
            </Link>
            <span className="mr-1.5 font-semibold text-ink-2 text-xs">
              {speaker === 'ivr' ? 'Menu' : humanize(speaker)}
            </span>
            {pieces.map(({ text, hit: found }, index) =>
              found ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
                <mark key={index} className="rounded bg-warn-soft px-0.5 font-medium text-ink">
                  {text}
                </mark>
              ) : (
                text
              ),
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
