import { betterAuth } from 'better-auth';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/database.ts';
import { refuseNul } from './read-input.ts';

/** People's sign-in: e-mail and password with sessions in the database, by better-auth (docs/decisions). */
export function createAuth(deps: { db: Database; secret: string; publicUrl: string }) {
  return betterAuth({
    appName: 'Aria',
    basePath: '/auth',
    baseURL: deps.publicUrl,
    secret: deps.secret,
    database: { db: deps.db, type: 'postgres' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'viewer' } } },
    // a page may be reached under several names (localhost, 127.0.0.1, the public one): its own origin is trusted
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    rateLimit: {
      enabled: true,
      window: 60,
      max: 60,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: { useSecureCookies: deps.publicUrl.startsWith('https:'), cookiePrefix: 'aria' },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** Hands everything under /auth to better-auth, which speaks fetch's Request and Response. */
export function mountAuth(app: FastifyInstance, auth: Auth): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/auth/*',
    async handler(request, reply) {
      refuseNul(request.body);
      const url = new URL(request.url, `${request.protocol}://${request.host}`);
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) {
        if (value !== undefined) headers.set(name, String(value));
      }
      headers.set('x-forwarded-for', request.ip);
      const body = request.body === undefined ? null : JSON.stringify(request.body);
      const response = await auth.handler(new Request(url, { method: request.method, headers, body }));
      return sendResponse(reply, response);
    },
  });
}

/** Copies a fetch Response to the client, cookies included. */
export async function sendResponse(reply: import('fastify').FastifyReply, response: Response) {
  reply.code(response.status);
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') reply.header(name, value);
  });
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.send(await response.text());
}
