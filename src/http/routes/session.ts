import { becomeOwner as becomeOwnerRoute, getSession } from '../../contract/session.ts';
import type { Database } from '../../db/database.ts';
import type { Auth } from '../auth.ts';
import type { Bind } from '../bind.ts';
import { becomeOwner } from '../owner.ts';
import { isSameOrigin } from '../principal.ts';
import { Problem } from '../problems.ts';

export function sessionRoutes(bind: Bind, deps: { db: Database; auth: Auth }): void {
  bind(getSession, async (_input, { principal }) => principal!);

  bind(becomeOwnerRoute, async ({ body }, { request, reply }) => {
    if (request.headers.origin && !isSameOrigin(request)) {
      throw new Problem(403, 'foreign_origin', 'Changes are accepted from our own pages only.');
    }
    const signedIn = await becomeOwner(deps, body);
    for (const cookie of signedIn.headers.getSetCookie()) reply.header('set-cookie', cookie);
    return {
      kind: 'person' as const,
      name: body.name,
      email: body.email,
      role: 'owner' as const,
      scopes: ['read', 'write'],
    };
  });
}
