import './app.css';
import { type Query, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api.ts';
import { sessionQuery } from './api-query.ts';
import { makeRouter } from './router.ts';

const client = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal is an answer; only silence and faults are worth asking again
      retry: (count, error) => count < 2 && error instanceof ApiError && error.problem.status >= 500,
    },
  },
});
const router = makeRouter(client);

/** A session can end while a page is open: the next request finds out. */
function leaveWhenSignedOut(error: Error, query: Query<unknown, unknown, unknown>): void {
  if (!(error instanceof ApiError) || error.problem.status !== 401) return;
  // the session's own refusal is what the router acts on
  if (query.queryKey[0] === sessionQuery.queryKey[0]) return;
  client.removeQueries({ queryKey: sessionQuery.queryKey });
  router.invalidate();
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
