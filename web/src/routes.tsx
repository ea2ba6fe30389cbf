import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { ApiError } from './api.ts';
import { sessionQuery } from './api-query.ts';
import { callsSearch } from './screens/calls/calls-search.ts';
import { changesSearch } from './screens/changes/changes-search.ts';
import { disagreementsSearch } from './screens/disagreements/disagreements-search.ts';
import { eventsSearch } from './screens/events/events-search.ts';
import { overviewSearch } from './screens/overview/overview-search.ts';
import { partyScorecardSearch } from './screens/party-scorecard/party-scorecard-search.ts';
import { reportsSearch } from './screens/reports/reports-search.ts';
import { searchPageSearch } from './screens/search/search-page-search.ts';
import { trafficSearch } from './screens/traffic/traffic-search.ts';
import { NotFound } from './shell/not-found.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  errorComponent: RouteError,
});

/** Only a path of this site, so that a crafted link cannot lead elsewhere after signing in. */
const localPath = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ next: localPath }),
  component: lazyRouteComponent(() => import('./screens/sign-in/sign-in.tsx'), 'SignIn'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: z.object({ token: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./screens/welcome/welcome.tsx'), 'Welcome'),
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
});

const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('./screens/overview/overview.tsx'), 'Overview'),
});

const reports = createRoute({
  getParentRoute: () => app,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('./screens/reports/reports.tsx'), 'Reports'),
});

const calls = createRoute({
  getParentRoute: () => app,
  path: '/calls',
  validateSearch: callsSearch,
  component: lazyRouteComponent(() => import('./screens/calls/calls.tsx'), 'Calls'),
});

const call = createRoute({
  getParentRoute: () => app,
  path: '/calls/$id',
  validateSearch: z.object({
    tab: z.enum(['journey', 'fields', 'events']).optional().catch(undefined),
    // the second of the recording to go to
    at: z.coerce.number().min(0).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./screens/call/call.tsx'), 'Call'),
});

const connections = createRoute({
  getParentRoute: () => app,
  path: '/connections',
  component: lazyRouteComponent(() => import('./screens/connections/connections.tsx'), 'Connections'),
});

const newConnection = createRoute({
  getParentRoute: () => app,
  path: '/connections/new',
  component: lazyRouteComponent(() => import('./screens/connections/new-connection.tsx'), 'NewConnection'),
});

const connection = createRoute({
  getParentRoute: () => app,
  path: '/connections/$id',
  component: lazyRouteComponent(() => import('./screens/connections/connection.tsx'), 'Connection'),
});

const events = createRoute({
  getParentRoute: () => app,
  path: '/events',
  validateSearch: eventsSearch,
  component: lazyRouteComponent(() => import('./screens/events/events.tsx'), 'Events'),
});

const pipeline = createRoute({
  getParentRoute: () => app,
  path: '/pipeline',
  component: lazyRouteComponent(() => import('./screens/pipeline/pipeline.tsx'), 'Pipeline'),
});

const scorecards = createRoute({
  getParentRoute: () => app,
  path: '/scorecards',
  validateSearch: z.object({
    tab: z.enum(['versions', 'rules', 'rescores', 'agreement']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./screens/scorecards/scorecards.tsx'), 'Scorecards'),
});

const scorecard = createRoute({
  getParentRoute: () => app,
  path: '/scorecards/$id',
  component: lazyRouteComponent(() => import('./screens/scorecards/scorecard.tsx'), 'Scorecard'),
});

const rescore = createRoute({
  getParentRoute: () => app,
  path: '/rescores/$id',
  component: lazyRouteComponent(() => import('./screens/scorecards/rescore.tsx'), 'Rescore'),
});

const search = createRoute({
  getParentRoute: () => app,
  path: '/search',
  validateSearch: searchPageSearch,
  component: lazyRouteComponent(() => import('./screens/search/search.tsx'), 'Search'),
});

const disagreements = createRoute({
  getParentRoute: () => app,
  path: '/disagreements',
  validateSearch: disagreementsSearch,
  component: lazyRouteComponent(
    () => import('./screens/disagreements/disagreements.tsx'),
    'DisagreementReport',
  ),
});

const traffic = createRoute({
  getParentRoute: () => app,
  path: '/traffic',
  validateSearch: trafficSearch,
  component: lazyRouteComponent(() => import('./screens/traffic/traffic.tsx'), 'Traffic'),
});

const changes = createRoute({
  getParentRoute: () => app,
  path: '/changes',
  validateSearch: changesSearch,
  component: lazyRouteComponent(() => import('./screens/changes/changes.tsx'), 'Changes'),
});

const partyScorecard = createRoute({
  getParentRoute: () => app,
  path: '/party-scorecard',
  validateSearch: partyScorecardSearch,
  component: lazyRouteComponent(
    () => import('./screens/party-scorecard/party-scorecard.tsx'),
    'PartyScorecard',
  ),
});

const saved = createRoute({
  getParentRoute: () => app,
  path: '/saved',
  validateSearch: z.record(z.string(), z.string()).catch({}),
  component: lazyRouteComponent(() => import('./screens/saved/saved.tsx'), 'Saved'),
});

const nowhere = createRoute({ getParentRoute: () => app, path: '$', component: NotFound });

/** All pages. Each is its own chunk. */
export const routeTree = root.addChildren([
  signIn,
  welcome,
  app.addChildren([
    overview,
    reports,
    calls,
    call,
    connections,
    newConnection,
    connection,
    events,
    pipeline,
    scorecards,
    scorecard,
    rescore,
    search,
    disagreements,
    traffic,
    changes,
    partyScorecard,
    saved,
    nowhere,
  ]),
]);
