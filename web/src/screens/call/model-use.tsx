import type { CallBody } from '../../../../src/contract/calls.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatCounted } from '../../format/number.ts';

/** What language models were asked about the call, and what it took. */
export function ModelUse({ use }: { use: NonNullable<CallBody['model_use']> }) {
  const facts = [
    use.models.join(', '),
    formatCounted(use.requests, 'request'),
    `${formatCounted(use.input_tokens, 'token')} read, ${formatCount(use.output_tokens)} written`,
    ...(use.cost_usd === null ? [] : [formatMoney(use.cost_usd, 'USD')]),
  ];
  return (
    <p className="mt-2 break-words rounded-md bg-sunken px-3 py-2 text-ink-2 text-xs">{facts.join(' · ')}</p>
  );
}
