import type { z } from 'zod';
import type { Route } from '../src/contract/route.ts';
import { DemoFault } from './demo-fault.ts';
import { request } from './http.ts';

/** Reads from Aria's API with a machine key, as any other program could. */
export type Api = <R extends Route>(
  route: R,
  query?: Record<string, string>,
) => Promise<z.infer<R['response']>>;

/** @throws DemoFault on any answer but success */
export function openApi(url: string, key: string): Api {
  return async (route, query = {}) => {
    const address = `${url}${route.path}?${new URLSearchParams(query)}`;
    const response = await request(address, { headers: { authorization: `Bearer ${key}` } });
    const text = await response.text();
    if (!response.ok) throw new DemoFault(`GET ${address} was answered ${response.status}: ${text}`);
    return route.response.parse(JSON.parse(text)) as z.infer<(typeof route)['response']>;
  };
}

/** All items of a list, page by page. */
export async function allItems<T>(
  page: (query: Record<string, string>) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = null; ; ) {
    const found: { items: T[]; next: string | null } = await page({
      limit: '200',
      ...(cursor && { cursor }),
    });
    items.push(...found.items);
    if (found.next === null) return items;
    cursor = found.next;
  }
}
