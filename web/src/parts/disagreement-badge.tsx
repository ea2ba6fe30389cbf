import { Scale } from 'lucide-react';
import { type Disagreement, disagreementWords } from '../words.ts';
import { Badge } from './badge.tsx';

/** What the platform reported against what was heard. */
export function DisagreementBadge({ kind }: { kind: Disagreement }) {
  return (
    <Badge tone="bad">
      <Scale aria-hidden />
      {disagreementWords[kind]}
    </Badge>
  );
}
