import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listEvents } from '../contract/events.ts';
import type { Database } from '../db/database.ts';
import { callFields } from '../domain/call-fields.ts';
import { foldKey } from '../lib/fold-key.ts';
import type { ItemAnswer, Refusal } from '../receive/answer.ts';
import { scanForKey } from '../receive/credentials.ts';
import { readBody } from '../receive/read-body.ts';
import { type ReceiveDeps, receiveEvent } from '../receive/receive-event.ts';
import { turnEnd } from '../receive/turn-end.ts';
import { getEvent, listEvents as queryEvents } from '../report/event-list.ts';
import { discardRest } from './discard-rest.ts';
import { authorize, type FindPrincipal } from './principal.ts';
import { notFound, Problem, sendProblem } from './problems.ts';
import { readInput } from './read-input.ts';
import { senderHeaders } from './sender-headers.ts';

export type WebhookDeps = ReceiveDeps & {
  db: Database;
  findPrincipal: FindPrincipal;
  count: (status: string) => void;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Type as a sender of events wrote it. */
    sentContentType: string;
  }
}

/** Names by which a query describes a call. */
const describing = new Set(['call_instance_id', ...callFields].map(foldKey));

const anyBody = 'application/octet-stream';

/**
 * The webhook: `/v1/events` and `/v1/events/{connection_id}`. The body is read by ourselves, since senders label
 * it wrongly, compress it and send it with methods that usually have none.
 */
export async function webhook(app: FastifyInstance, deps: WebhookDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.decorateRequest('sentContentType', '');
  // Fastify answers 415 to a header that is empty or malformed; the body decides here, so it never sees one
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    request.sentContentType = headers['content-type'] ?? '';
    if (headers['content-type'] !== undefined) headers['content-type'] = anyBody;
    done();
  });

  for (const url of ['/v1/events', '/v1/events/:connectionId']) {
    app.route({
      method: ['POST', 'PUT', 'PATCH'],
      url,
      handler: (request, reply) => receive(request, reply, deps),
    });
    app.route({
      method: ['GET', 'HEAD', 'OPTIONS'],
      url,
      handler: (request, reply) =>
        carriesEvent(request) ? receive(request, reply, deps) : look(request, reply, deps),
    });
    app.route({
      method: ['DELETE', 'TRACE'],
      url,
      handler: async (_request, reply) =>
        sendProblem(
          reply,
          new Problem(
            405,
            'method_not_allowed',
            'Send events with POST, PUT, PATCH or GET.',
            {},
            { allow: 'GET, HEAD, POST, PUT, PATCH' },
          ),
        ),
    });
  }
}

async function receive(request: FastifyRequest, reply: FastifyReply, deps: WebhookDeps) {
  reply.header('cache-control', 'no-store');
  const read = await readBody(request.raw);
  if ('fault' in read && read.fault.bytes === null) {
    if (read.fault.status === 413) await discardRest(request.raw);
    throw new Problem(read.fault.status, read.fault.code, read.fault.detail, {}, { connection: 'close' });
  }
  await turnEnd();
  const { apiKey, connectionId } = senderHeaders(request.headers);
  const url = request.url;
  const mark = url.indexOf('?');
  const answers = await receiveEvent(
    {
      method: request.method,
      contentType: request.sentContentType,
      query: mark < 0 ? '' : url.slice(mark + 1),
      body: 'fault' in read ? read.fault.bytes! : read.body,
      fault: 'fault' in read ? { status: 400, code: 'bad_encoding', detail: read.fault.detail } : null,
      headerKey: apiKey,
      pathConnectionId: (request.params as { connectionId?: string }).connectionId ?? null,
      headerConnectionId: connectionId,
    },
    deps,
  );
  for (const answer of answers)
    deps.count('receipt' in answer ? answer.receipt.status : String(answer.refusal.status));
  return answers.length === 1 ? sendOne(reply, answers[0]!) : sendMany(reply, answers);
}

function sendOne(reply: FastifyReply, answer: ItemAnswer) {
  if ('refusal' in answer) return sendProblem(reply, toProblem(answer.refusal));
  return reply
    .code(answer.receipt.status === 'duplicate' ? 200 : 202)
    .type('application/json')
    .send(JSON.stringify(answer.receipt));
}

/** Several events in one request: each has its own answer; the request succeeds if any of them was accepted. */
function sendMany(reply: FastifyReply, answers: ItemAnswer[]) {
  const items = answers.map((answer) =>
    'receipt' in answer ? answer.receipt : toProblem(answer.refusal).body,
  );
  const refusals = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal] : []));
  if (refusals.length === answers.length && refusals[0]?.status === 401) {
    return sendProblem(reply, toProblem(refusals[0]));
  }
  return reply.code(refusals.length === answers.length ? 422 : 202).send({ items });
}

function toProblem(refusal: Refusal): Problem {
  const more = refusal.receipt ? { id: refusal.receipt.id } : {};
  const headers: Record<string, string> = refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return new Problem(refusal.status, refusal.code, refusal.detail, more, headers);
}

/**
 * A GET or HEAD is an event when it brings a connection's key, under whatever name, or a body; else somebody is looking. A GET that
 * describes a call without any key is one too, unless whoever shows other credentials asks for a list by it: to answer it with
 * 200 would let a platform believe that its call was taken.
 */
function carriesEvent(request: FastifyRequest): boolean {
  if (request.method === 'OPTIONS') return false;
  const key = senderHeaders(request.headers).apiKey;
  if (key && !key.startsWith('aria_')) return true;
  // nobody who only looks sends a body along
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (request.method === 'GET' && (Number(length) > 0 || coding !== undefined)) return true;
  const mark = request.url.indexOf('?');
  if (mark === -1) return false;
  const query = request.url.slice(mark);
  if (/[?&]api(?:[-_ ]|%20|\+)?key=/i.test(query) || scanForKey(query) !== null) return true;
  if (request.method === 'HEAD' || key || request.headers.authorization || request.headers.cookie)
    return false;
  return [...new URLSearchParams(query).keys()].some((name) => describing.has(foldKey(name)));
}

async function oneEvent(id: string, { db }: WebhookDeps) {
  const event = await getEvent(db, id);
  if (!event) throw notFound('event');
  return event;
}

/** With a machine key or signed in: one event, or the list of events. Else: the answer to "does my URL work?". */
async function look(request: FastifyRequest, reply: FastifyReply, deps: WebhookDeps) {
  const principal = request.method === 'GET' ? await deps.findPrincipal(request) : null;
  if (principal) {
    authorize(principal, listEvents.access, request);
    const params = request.params as { connectionId?: string };
    // the id that a receipt has named
    if (params.connectionId?.startsWith('evt_')) return oneEvent(params.connectionId, deps);
    const connection = params.connectionId ? { connection_id: params.connectionId } : {};
    const query = { ...(request.query as object), ...connection };
    return queryEvents(deps.db, readInput(listEvents, { params: {}, query }).query);
  }
  // who shows credentials, wrong or run out, wants the list and must not take this answer for an empty one
  const isAsking = request.headers.authorization ?? request.headers.cookie;
  if (request.method === 'GET' && isAsking) authorize(null, listEvents.access, request);
  reply.header('cache-control', 'no-store');
  if (request.method === 'OPTIONS')
    return reply.code(204).header('allow', 'GET, HEAD, POST, PUT, PATCH').send();
  return {
    status: 'alive',
    detail:
      'This is the address to post call events to. No event was in this request. The guide for senders: /docs/webhook',
  };
}
