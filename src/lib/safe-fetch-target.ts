import { isIP } from 'node:net';
import { type AllowedHosts, bareHost, isPublicAddress } from './safe-fetch-address.ts';
import { blocked } from './safe-fetch-dial.ts';
import { SafeFetchError } from './safe-fetch-error.ts';
import { type FindHostRules, portOf } from './safe-fetch-host-rules.ts';

/** Where a request goes; `authorization` comes from a user and password in the address, which `url` has no more. */
export type Target = { url: URL; authorization: string | null };

const openPorts = new Set([80, 443]);

/**
 * Checks what can be seen from the address alone, before any name is resolved.
 * @param findRules may open further ports; private addresses it does not open
 * @throws SafeFetchError bad-url, blocked-port, blocked-address
 */
export function readTarget(
  address: string | URL,
  allowed: AllowedHosts,
  findRules: FindHostRules = () => null,
): Target {
  const url = URL.parse(String(address));
  if (!url) throw new SafeFetchError('bad-url', 'The address cannot be read as a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new SafeFetchError('bad-url', `The address begins with ${url.protocol} and not with http(s):`);
  }
  const authorization = takeCredentials(url);
  const port = portOf(url);
  if (allowed(url.hostname, port)) return { url, authorization };
  const host = bareHost(url.hostname);
  if (isIP(host) && !isPublicAddress(host)) throw blocked(host);
  if (!openPorts.has(port) && !findRules(url.hostname, port)?.openPort) {
    throw new SafeFetchError('blocked-port', `${host}: port ${port} is not called, only 80 and 443`);
  }
  return { url, authorization };
}

/** HTTP clients refuse user:password in an address, and it would end up in logs: it belongs in a header. */
function takeCredentials(url: URL): string | null {
  if (!url.username && !url.password) return null;
  const pair = `${decode(url.username)}:${decode(url.password)}`;
  url.username = '';
  url.password = '';
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
