import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A link's content, signed: `<content>.<signature>`, both base64url. Whoever has it can read the content; nobody can
 * change it or its end.
 */
export function signShare(secret: string, content: unknown, expiresAt: Date): string {
  const text = Buffer.from(JSON.stringify({ content, until: expiresAt.getTime() })).toString('base64url');
  return `${text}.${signature(secret, text)}`;
}

/** @returns null where it was not signed by us or has expired */
export function readShare(secret: string, token: string, now: Date): unknown {
  const [text = '', sent = '', ...more] = token.split('.');
  const expected = Buffer.from(signature(secret, text));
  const given = Buffer.from(sent);
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { content, until } = JSON.parse(Buffer.from(text, 'base64url').toString()) as {
    content: unknown;
    until: number;
  };
  return until > now.getTime() ? content : null;
}

function signature(secret: string, text: string): string {
  return createHmac('sha256', secret).update(`share\n${text}`).digest('base64url');
}
