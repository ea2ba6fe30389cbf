import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { RouteName } from '../../src/contract/routes.ts';
import { type ApiInput, type ApiOutput, api } from './api.ts';

/** A route as a query; the key is the route's name and its input. */
export function apiQuery<N extends RouteName>(name: N, input: ApiInput<N>) {
  return queryOptions<ApiOutput<N>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => api(name, input, signal),
  });
}

/** Calls under a filter, page after page by cursor. */
export function callPages(query: NonNullable<ApiInput<'listCalls'>['query']>) {
  return infiniteQueryOptions({
    queryKey: ['listCalls', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      api('listCalls', { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** Events under a filter, page after page by cursor. */
export function eventPages(query: NonNullable<ApiInput<'listEvents'>['query']>) {
  return infiniteQueryOptions({
    queryKey: ['listEvents', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      api('listEvents', { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** Who is signed in. */
export const sessionQuery = queryOptions({
  ...apiQuery('getSession', {}),
  staleTime: 5 * 60_000,
  retry: false,
});
