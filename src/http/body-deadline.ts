import type { FastifyInstance } from 'fastify';

/** A form or a JSON of the API arrives in this time, or its sender is cut off. */
const bodyMs = 30_000;
/** A file may take as long over a slow line; Node knows one limit for all requests, so this is it. */
export const longestUploadMs = 3_600_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file and may take long. */
    isUpload?: boolean;
  }
}

/**
 * Limits the time of bodies on all routes that are added after it, but for uploads. (The webhook, added before,
 * has a tighter limit of its own.)
 */
export function limitBodyTime(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (!request.routeOptions.config.isUpload && !request.raw.complete) {
      const timer = setTimeout(() => request.raw.complete || request.raw.destroy(), bodyMs).unref();
      request.raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}
