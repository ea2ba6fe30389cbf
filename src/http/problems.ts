import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ProblemBody } from '../contract/problem.ts';
import { InvalidQuery } from '../report/invalid-query.ts';
import { EmailTaken } from './users.ts';

/** An answer other than success, thrown anywhere in a handler and sent as RFC 9457 problem details. */
export class Problem extends Error {
  readonly body: ProblemBody;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, more: Partial<ProblemBody> = {}, headers = {}) {
    super(detail);
    this.name = 'Problem';
    this.body = { type: `/problems/${code}`, title: titles[status] ?? 'Error', status, detail, ...more };
    this.headers = headers;
  }
}

const titles: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'The request took too long',
  409: 'Conflict',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Unsupported format',
  416: 'No such range',
  422: 'The request cannot be used',
  431: 'Headers too large',
  500: 'A fault in Aria',
  503: 'Not available right now',
};

export function notFound(what: string): Problem {
  return new Problem(404, 'not_found', `There is no such ${what}.`);
}

/** The one place where errors become answers. What is no `Problem` is a fault of ours: logged in full, told in part. */
export function installProblems(
  app: FastifyInstance,
  logBug: (error: unknown, context: Record<string, unknown>) => string,
): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toProblem(error) ?? unexpected(error, request, logBug);
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      new Problem(404, 'not_found', `There is nothing at ${request.method} ${pathOf(request.url)}.`),
    ),
  );
}

/** Answers an address that cannot be decoded, such as one with `%zz` in its path: the router gives up on it by itself. */
export function answerBadAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const detail = `The address ${pathOf(request.url)} is not URL-encoded as it should be.`;
  void sendProblem(reply, new Problem(400, 'bad_request', detail));
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.body.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problem.body));
}

function toProblem(error: FastifyError): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidQuery) {
    return new Problem(400, 'bad_request', error.message, {
      errors: [{ field: error.field, message: error.message }],
    });
  }
  if (error instanceof EmailTaken) return new Problem(409, 'email_taken', error.message);
  if (error instanceof z.ZodError) {
    const errors = error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
    const detail = errors.map((e) => (e.field ? `${e.field}: ${e.message}` : e.message)).join('; ');
    return new Problem(400, 'bad_request', detail, { errors });
  }
  if (isUnavailable(error)) return unavailable();
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? new Problem(status, 'bad_request', error.message) : null;
}

/** Node's error of a request that it could not read; `rawPacket` is the piece that broke it, a Buffer. */
type BrokenRequest = { code?: string; rawPacket?: unknown };

/** Answers bytes that are no request of HTTP, or too slow a one, where Fastify has no reply to answer with. */
export function answerBrokenRequest(error: BrokenRequest, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { body } = brokenRequest(error);
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} ${body.title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}

function brokenRequest({ code, rawPacket }: BrokenRequest): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem(408, 'request_too_slow', 'The request did not arrive in time.');
  if (code === 'HPE_INVALID_URL' || code === 'HPE_INVALID_CONSTANT') {
    const detail = 'The address holds a space or another character that has to be URL-encoded.';
    return new Problem(400, 'bad_http', detail);
  }
  if (code !== 'HPE_HEADER_OVERFLOW')
    return new Problem(400, 'bad_http', 'The bytes are no HTTP request that can be read.');
  // a URL alone that fills the buffer leaves no room for the end of its line
  return Buffer.isBuffer(rawPacket) && !rawPacket.includes('\n')
    ? new Problem(414, 'url_too_long', 'The address with its query exceeds 16 KB. Send the data in the body.')
    : new Problem(431, 'headers_too_large', 'The address and the headers exceed 16 KB together.');
}

/** The sender should come back: nothing was stored. The delay is spread, so that not all return at once. */
export function unavailable(): Problem {
  const seconds = 2 + Math.floor(Math.random() * 8);
  return new Problem(
    503,
    'unavailable',
    `The store cannot be reached or is overloaded; nothing was stored. Try again in ${seconds} s.`,
    {},
    { 'retry-after': String(seconds) },
  );
}

/**
 * Database away, out of connections or disk, shutting down, locked, read-only or refusing us; or our own queue
 * full. SQLSTATE classes 08, 28, 40, 53, 55, 57, 58 and 25006.
 */
export function isUnavailable(error: unknown): boolean {
  const { code, name, message } = error as { code?: unknown; name?: string; message?: string };
  if (name === 'TooManyWaiting') return true;
  if (typeof code === 'string') {
    if (/^(08|28|40|53|55|57|58|25006)/.test(code)) return true;
    if (unreachable.has(code)) return true;
  }
  // words of pg and its pool, which give no code
  return /timeout exceeded when trying to connect|Connection terminated|not queryable|Query read timeout|after calling end on the pool/i.test(
    message ?? '',
  );
}

const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EMFILE', 'ENFILE'],
]);

function unexpected(
  error: unknown,
  request: FastifyRequest,
  logBug: (e: unknown, c: Record<string, unknown>) => string,
) {
  const id = logBug(error, { method: request.method, path: pathOf(request.url) });
  return new Problem(
    500,
    'internal',
    'Something went wrong on our side. The log has the details under the given id.',
    { id },
  );
}

/** Without the query, which may hold keys. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
