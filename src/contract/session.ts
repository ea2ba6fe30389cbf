import { z } from 'zod';
import { route } from './route.ts';
import { none } from './shapes.ts';

/** Who is asking. Sign-in itself is better-auth under /auth (docs/decisions). */
export const session = z
  .object({
    kind: z.enum(['person', 'key']),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(['owner', 'viewer']).nullable(),
    scopes: z.array(z.string()),
  })
  .meta({ id: 'Session' });

export const getSession = route({
  method: 'GET',
  path: '/v1/session',
  summary: 'Who is asking; 401 when nobody is signed in',
  access: 'read',
  params: z.object({}),
  query: z.object({}),
  body: none,
  response: session,
  status: 200,
});

export const becomeOwner = route({
  method: 'POST',
  path: '/v1/owner',
  summary: 'Use the one-time link printed at first start to create the owner and sign in',
  access: 'public',
  params: z.object({}),
  query: z.object({}),
  body: z.object({
    token: z.string().min(1),
    name: z.string().trim().min(1),
    email: z.email(),
    password: z.string().min(10).max(128),
  }),
  response: session,
  status: 201,
});
