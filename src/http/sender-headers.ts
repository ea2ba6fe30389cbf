import type { IncomingHttpHeaders } from 'node:http';

/** Who sends, as far as headers say it; null for what they leave out. */
export type SenderHeaders = { apiKey: string | null; connectionId: string | null };

const keyHeaders = ['x-api-key', 'api-key', 'api_key', 'apikey'];
const connectionHeaders = ['x-connection-id', 'connection-id', 'connection_id'];

function firstOf(headers: IncomingHttpHeaders, names: readonly string[]): string | null {
  for (const name of names) {
    const value = headers[name];
    const text = (Array.isArray(value) ? value[0] : value)?.trim();
    if (text) return text;
  }
  return null;
}

/** `Bearer KEY`, `Token KEY`, the key alone, or Basic with the key as password (or user) and the connection as the other. */
function readAuthorization(header: string | undefined): SenderHeaders {
  const [, scheme, rest] = /^\s*(?:(bearer|token|basic)\s+)?(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (rest === undefined) return { apiKey: null, connectionId: null };
  if (scheme?.toLowerCase() !== 'basic') {
    const isKey = scheme !== undefined || rest.startsWith('ak_');
    return { apiKey: isKey ? rest : null, connectionId: null };
  }
  const text = Buffer.from(rest, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const parts = [text.slice(colon + 1), text.slice(0, Math.max(0, colon))].map((part) => part.trim());
  return {
    apiKey: parts.find((part) => part.startsWith('ak_')) ?? null,
    connectionId: parts.find((part) => part.startsWith('con_')) ?? null,
  };
}

/**
 * The key and the connection that a sender of events put into headers: platforms differ in which ones their users can set, so
 * every usual name works.
 */
export function senderHeaders(headers: IncomingHttpHeaders): SenderHeaders {
  const authorization = readAuthorization(headers.authorization);
  return {
    apiKey: firstOf(headers, keyHeaders) ?? authorization.apiKey,
    connectionId: firstOf(headers, connectionHeaders) ?? authorization.connectionId,
  };
}
