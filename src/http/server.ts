import fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { ReceiveDeps } from '../receive/receive-event.ts';
import { mountApiDocs } from './api-docs.ts';
import { type AudioDeps, mountAudio } from './audio.ts';
import { type Auth, mountAuth } from './auth.ts';
import { createBind } from './bind.ts';
import { limitBodyTime, longestUploadMs } from './body-deadline.ts';
import { type EventExportDeps, mountEventExport } from './event-export.ts';
import { type ExportFilesDeps, mountExportFiles } from './export-files.ts';
import { mountGuides } from './guides.ts';
import { mountHealth } from './health.ts';
import { type ImportUploadDeps, mountImports } from './imports.ts';
import { mountPages } from './pages.ts';
import { mountPartyScorecards, type PartyScorecardDeps } from './party-scorecards.ts';
import { createFindPrincipal } from './principal.ts';
import { mountProblemPages } from './problem-pages.ts';
import { answerBadAddress, answerBrokenRequest, installProblems } from './problems.ts';
import { mountReviewExport } from './review-export.ts';
import { type CallRoutesDeps, callRoutes } from './routes/calls.ts';
import { type ConnectionRoutesDeps, connectionRoutes } from './routes/connections.ts';
import { type EngineRoutesDeps, engineRoutes } from './routes/engines.ts';
import { type ErasureRoutesDeps, erasureRoutes } from './routes/erasures.ts';
import { type EventRoutesDeps, eventRoutes } from './routes/events.ts';
import { type ExportRoutesDeps, exportRoutes } from './routes/exports.ts';
import { importRoutes } from './routes/imports.ts';
import { type MappingRoutesDeps, mappingRoutes } from './routes/mapping.ts';
import { type RecordingHostRoutesDeps, recordingHostRoutes } from './routes/recording-hosts.ts';
import { replayRoutes } from './routes/replays.ts';
import { reportRoutes } from './routes/reports.ts';
import { type RescoreOperations, rescoreRoutes } from './routes/rescores.ts';
import { type ReviewOperations, reviewRoutes } from './routes/reviews.ts';
import { savedReportRoutes } from './routes/saved-reports.ts';
import { type ScheduleRoutesDeps, scheduleRoutes } from './routes/schedules.ts';
import { type ScorecardOperations, scorecardRoutes } from './routes/scorecards.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { type TrafficReportsDeps, trafficReportRoutes } from './routes/traffic-reports.ts';
import { installSecurityHeaders } from './security-headers.ts';
import { webhook } from './webhook.ts';

export type ServerDeps = Omit<
  ConnectionRoutesDeps &
    CallRoutesDeps &
    AudioDeps &
    EventExportDeps &
    TrafficReportsDeps &
    ExportRoutesDeps &
    ExportFilesDeps &
    PartyScorecardDeps &
    ScheduleRoutesDeps,
  'findPrincipal'
> & {
  db: Database;
  auth: Auth;
  receive: ReceiveDeps;
  mapping: Omit<MappingRoutesDeps, 'db'>;
  exampleEvent: EventRoutesDeps['exampleEvent'];
  replay: EventRoutesDeps['replay'];
  onEraseAsked: ErasureRoutesDeps['onEraseAsked'];
  onReplayed: () => void;
  onReplayAsked: () => void;
  recordingHosts: RecordingHostRoutesDeps['recordingHosts'];
  engines: Omit<EngineRoutesDeps, 'db'>;
  imports: Omit<ImportUploadDeps, 'db' | 'findPrincipal'>;
  judgement: { scorecards: ScorecardOperations; rescores: RescoreOperations; reviews: ReviewOperations };
  registry: Registry;
  /** Whether storing events fails at present. */
  isFailing: () => boolean;
  countEvent: (status: string) => void;
  pagesFolder: string;
  docsFolder: string;
  /** Proxies whose X-Forwarded-* is believed, e.g. `127.0.0.1`; empty: none. */
  trustProxy: string[];
  logBug: (error: unknown, context: Record<string, unknown>) => string;
};

/** The whole HTTP edge on one port: webhook, API, sign-in, pages. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = fastify({
    // no line per request: it costs as much as the request (docs/performance.md); metrics count instead
    logger: false,
    bodyLimit: 1024 * 1024,
    requestTimeout: longestUploadMs,
    http: { headersTimeout: 30_000 },
    keepAliveTimeout: 65_000,
    // people type the address into their platform's form: a slash too many must not cost them events
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: answerBadAddress,
    exposeHeadRoutes: false,
    trustProxy: deps.trustProxy.length > 0 ? deps.trustProxy : false,
    forceCloseConnections: 'idle',
    // while draining, requests on connections that are still open are answered as ever, then closed
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
  });
  installProblems(app, deps.logBug);
  const findPrincipal = createFindPrincipal(deps);
  const bind = createBind(app, findPrincipal);

  await app.register(async (scope) =>
    webhook(scope, { ...deps.receive, db: deps.db, findPrincipal, count: deps.countEvent }),
  );
  limitBodyTime(app);
  installSecurityHeaders(app);
  mountAuth(app, deps.auth);
  sessionRoutes(bind, deps);
  connectionRoutes(bind, deps);
  mappingRoutes(bind, { db: deps.db, ...deps.mapping });
  recordingHostRoutes(bind, deps);
  eventRoutes(bind, deps);
  replayRoutes(bind, deps);
  erasureRoutes(bind, deps);
  importRoutes(bind, deps);
  callRoutes(bind, deps);
  reportRoutes(bind, deps);
  scorecardRoutes(bind, { db: deps.db, ...deps.judgement });
  rescoreRoutes(bind, { db: deps.db, ...deps.judgement });
  reviewRoutes(bind, { db: deps.db, ...deps.judgement });
  mountReviewExport(app, { ...deps, findPrincipal });
  engineRoutes(bind, { db: deps.db, ...deps.engines });
  searchRoutes(bind, deps);
  trafficReportRoutes(bind, deps);
  exportRoutes(bind, deps);
  savedReportRoutes(bind, deps);
  scheduleRoutes(bind, deps);
  mountExportFiles(app, { ...deps, findPrincipal });
  mountPartyScorecards(app, bind, { ...deps, findPrincipal });
  mountAudio(app, { ...deps, findPrincipal });
  mountEventExport(app, { ...deps, findPrincipal });
  await app.register(async (scope) => mountImports(scope, { ...deps.imports, db: deps.db, findPrincipal }));
  mountHealth(app, { ...deps, findPrincipal });
  mountApiDocs(app);
  await app.register((scope) => mountGuides(scope, deps.docsFolder));
  mountProblemPages(app);
  await app.register(async (scope) => mountPages(scope, deps.pagesFolder));
  return app;
}
