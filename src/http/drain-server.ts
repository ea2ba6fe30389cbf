import type { FastifyInstance } from 'fastify';

/** Longer than a body may take; who reads a download more slowly is cut off. */
const patienceMs = 15_000;
const lookMs = 100;

/**
 * Stops listening and resolves when every request under way has been answered. Connections that fall idle meanwhile
 * are closed at once: their clients would keep them, and us, for another minute.
 */
export async function drainServer(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), lookMs);
  const patience = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(patience);
  }
}
