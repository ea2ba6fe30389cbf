import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ApiInput, api } from '../../api.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { LoadMoreFoot } from '../../parts/load-more.tsx';
import { DefinedTh } from '../../parts/metric-definition.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import type { CallsSearch } from '../calls/calls-search.ts';

type Query = NonNullable<ApiInput<'listRepeatCallers'>['query']>;

/** Callers whom more than one publisher sent; each leads to his calls under the same filters. */
export function RepeatCallers({ query, search }: { query: Query; search: CallsSearch }) {
  const pages = useInfiniteQuery({
    queryKey: ['listRepeatCallers', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      api('listRepeatCallers', { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const metrics = pages.data?.pages[0]?.metrics;
  const callers = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (pages.error) return <ErrorBox className="mx-0" error={pages.error} onRetry={() => pages.refetch()} />;
  if (pages.isPending) return <SkeletonRows label="Loading callers" />;
  return (
    <Card title="Callers of several publishers" hint="most calls first">
      <Table label="Repeat callers">
        <thead>
          <tr>
            <Th>Caller</Th>
            <DefinedTh of={metrics} id="caller_calls">
              Calls
            </DefinedTh>
            <Th>Publishers</Th>
            <DefinedTh of={metrics} id="caller_revenue">
              Revenue
            </DefinedTh>
            <DefinedTh of={metrics} id="caller_payout">
              Payout
            </DefinedTh>
            <Th className="text-right">Last call</Th>
          </tr>
        </thead>
        <tbody>
          {callers.map((caller) => (
            <tr key={caller.caller_id} className={rowLook}>
              <th scope="row" className="h-11 border-line border-b pl-4 text-left font-medium">
                <Link
                  to="/calls"
                  search={{ ...search, caller_id: caller.caller_id }}
                  className="whitespace-nowrap hover:underline"
                >
                  {formatPhone(caller.caller_id)}
                </Link>
              </th>
              <Td className={numberLook}>{formatCount(caller.calls)}</Td>
              <Td>
                {caller.publishers
                  .map(({ publisher_name, calls }) => `${publisher_name} ${calls}`)
                  .join(', ')}
              </Td>
              <Td className={numberLook}>{formatMoney(caller.revenue, currencyOf(caller))}</Td>
              <Td className={numberLook}>{formatMoney(caller.payout, currencyOf(caller))}</Td>
              <Td className={numberLook}>
                <When at={caller.last_call_at} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {callers.length === 0 ? (
        <p className="px-4 py-6 text-ink-2 text-sm">No caller came through more than one publisher.</p>
      ) : null}
      <LoadMoreFoot pages={pages} />
    </Card>
  );
}

/** Null where amounts of several currencies are added up. */
function currencyOf({ currencies }: { currencies: string[] }): string | null {
  return currencies.length === 1 ? (currencies[0] ?? null) : null;
}
