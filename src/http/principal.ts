import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Access } from '../contract/route.ts';
import type { Database } from '../db/database.ts';
import { hashKey } from '../lib/keys.ts';
import type { Auth } from './auth.ts';
import { Problem } from './problems.ts';

/** Who is asking: a signed-in person or a machine. */
export type Principal = {
  kind: 'person' | 'key';
  name: string;
  email: string | null;
  role: 'owner' | 'viewer' | null;
  scopes: string[];
};

/** By what the principal is noted where something is his: a person's e-mail address, a machine key's name. */
export function nameOf(principal: Principal | null): string {
  return principal?.email ?? principal?.name ?? '';
}

export type FindPrincipal = (request: FastifyRequest) => Promise<Principal | null>;

export function createFindPrincipal(deps: { db: Database; auth: Auth }): FindPrincipal {
  return async (request) => {
    const bearer = bearerOf(request);
    if (bearer?.startsWith('aria_')) return findKey(deps.db, bearer);
    if (!request.headers.cookie) return null;
    const session = await deps.auth.api.getSession({
      headers: new Headers({ cookie: request.headers.cookie }),
    });
    if (!session) return null;
    const role = session.user.role === 'owner' ? 'owner' : 'viewer';
    const scopes = role === 'owner' ? ['read', 'write', 'admin'] : ['read'];
    return { kind: 'person', name: session.user.name, email: session.user.email, role, scopes };
  };
}

export function bearerOf(request: FastifyRequest): string | null {
  const match = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

/** Uses of a key are noted at most once a minute, so that reading does not write all the time. */
async function findKey(db: Database, key: string): Promise<Principal | null> {
  const hash = hashKey(key);
  const { rows } = await sql<{ name: string; scopes: string[] }>`
    select name, scopes from api_key where hash = ${hash} and revoked_at is null`.execute(db);
  const found = rows[0];
  if (!found) return null;
  await sql`update api_key set last_used_at = now()
    where hash = ${hash} and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(
    db,
  );
  return { kind: 'key', name: found.name, email: null, role: null, scopes: found.scopes };
}

/**
 * Lets the request pass or throws 401 or 403. A change asked for with a cookie must come from our own pages:
 * the browser's Origin has to be the host that was called.
 */
export function authorize(principal: Principal | null, access: Access, request: FastifyRequest): void {
  if (access === 'public') return;
  if (!principal) {
    throw new Problem(
      401,
      'unauthorized',
      'Sign in, or send a machine key as `Authorization: Bearer aria_…` (npx aria key create).',
      {},
      { 'www-authenticate': 'Bearer' },
    );
  }
  if (!principal.scopes.includes(access)) {
    throw new Problem(
      403,
      'forbidden',
      `This needs the scope \`${access}\`, which ${principal.name} does not have.`,
    );
  }
  if (principal.kind === 'person' && access !== 'read' && !isSameOrigin(request)) {
    throw new Problem(403, 'foreign_origin', 'Changes are accepted from our own pages only.');
  }
}

export function isSameOrigin(request: FastifyRequest): boolean {
  const origin = request.headers.origin;
  if (!origin) return false;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
