import type { FastifyInstance } from 'fastify';
import {
  getPartyScorecard,
  getPartyScorecardFile,
  listShareLinks,
  revokeShareLink,
  shareScorecard,
} from '../contract/party-scorecards.ts';
import type { Database } from '../db/database.ts';
import { scorecardHtml } from '../export/scorecard-html.ts';
import { scorecardStyle } from '../export/scorecard-style.ts';
import { getPartyScorecard as queryScorecard } from '../report/party-scorecard.ts';
import {
  openShareLink,
  listShareLinks as queryLinks,
  revokeShareLink as takeBack,
} from '../schedule/share-links.ts';
import type { Bind } from './bind.ts';
import { makeShareLink } from './make-share-link.ts';
import { authorize, type FindPrincipal, nameOf } from './principal.ts';
import { notFound } from './problems.ts';
import { readInput } from './read-input.ts';
import { readShare } from './share-token.ts';

export type PartyScorecardDeps = {
  db: Database;
  timeZone: string;
  findPrincipal: FindPrincipal;
  /** Signs links to scorecards. */
  shareSecret: string;
  /** Without a slash at its end. */
  publicUrl: () => string;
};

/** Scorecards of publishers and buyers: as JSON, as a file, and under a signed link for whoever it is sent to. */
export function mountPartyScorecards(app: FastifyInstance, bind: Bind, deps: PartyScorecardDeps): void {
  const { db, shareSecret, timeZone } = deps;

  bind(getPartyScorecard, ({ query }) =>
    queryScorecard(db, { ...query, time_zone: query.time_zone ?? timeZone }),
  );

  bind(shareScorecard, ({ body }, { principal }) =>
    makeShareLink(
      { db, shareSecret, publicUrl: deps.publicUrl() },
      { ...body, time_zone: body.time_zone ?? timeZone, madeBy: nameOf(principal) },
    ),
  );

  bind(listShareLinks, ({ query }) => queryLinks(db, query));

  bind(revokeShareLink, async ({ params }, { principal }) => {
    const link = await takeBack(db, params.id, nameOf(principal));
    if (!link) throw notFound('link');
    return link;
  });

  app.get('/v1/reports/party-scorecard/file', async (request, reply) => {
    authorize(await deps.findPrincipal(request), getPartyScorecardFile.access, request);
    const { query } = readInput(getPartyScorecardFile, request);
    const scorecard = await queryScorecard(db, { ...query, time_zone: query.time_zone ?? timeZone });
    const name = `${scorecard.party}-scorecard-${scorecard.from}-${scorecard.to}.html`;
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`)
      .send(scorecardHtml(scorecard, 'inline'));
  });

  app.get('/share/scorecard.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(scorecardStyle),
  );

  // a wildcard: the router bounds the length of named parameters
  app.get('/share/*', async (request, reply) => {
    const { '*': token } = request.params as { '*': string };
    const id = readShare(shareSecret, token, new Date());
    const asked = id === null ? null : await openShareLink(db, id);
    if (asked === null) throw notFound('link, or it has expired or was taken back');
    const scorecard = await queryScorecard(db, asked);
    return reply
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
      .send(scorecardHtml(scorecard, { href: '/share/scorecard.css' }));
  });
}
