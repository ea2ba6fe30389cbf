import { isIP } from 'node:net';
import { bareHost } from './safe-fetch-address.ts';

/** Hosts that something holds for: one by its name, or all below a name; at one port, or at any. */
export type HostPattern = {
  /** As it is written: `m.example`, `*.m.example`, `m.example:8443`, `[2001:db8::1]`; lower case. */
  text: string;
  /** Without the `*.`. */
  host: string;
  below: boolean;
  port: number | null;
};

/**
 * Reads a pattern. `*.` stands for any number of labels and needs two labels behind it, since `*.com` is everybody.
 * @returns null where it is none
 */
export function readHostPattern(text: string): HostPattern | null {
  const form = /^(\*\.)?(\[[0-9a-f:.]+\]|[^:/?#@\s*[\]]+)(?::(\d{1,5}))?$/i;
  const [, star, name = '', digits] = form.exec(text.trim()) ?? [];
  const url = name === '' ? null : URL.parse(`http://${name}/`);
  if (!url) return null;
  const host = bareHost(url.hostname);
  const port = digits === undefined ? null : Number(digits);
  const below = star !== undefined;
  const labels = host.split('.').length;
  const wrong = host === '' || (below && (isIP(host) || labels < 2)) || (port !== null && !isPort(port));
  if (wrong) return null;
  const written = isIP(host) === 6 ? `[${host}]` : host;
  return { text: `${below ? '*.' : ''}${written}${port === null ? '' : `:${port}`}`, host, below, port };
}

/** Whether a pattern holds for a host; of several that do, take the one that `narrower` puts first. */
export function matchesHost(pattern: HostPattern, hostname: string, port: number): boolean {
  if (pattern.port !== null && pattern.port !== port) return false;
  const name = bareHost(hostname);
  return pattern.below ? name.endsWith(`.${pattern.host}`) : name === pattern.host;
}

/** For sorting: a name before all below one, a longer name before a shorter, a port before any. */
export function narrower(a: HostPattern, b: HostPattern): number {
  return (
    Number(a.below) - Number(b.below) ||
    b.host.length - a.host.length ||
    Number(a.port === null) - Number(b.port === null)
  );
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65535;
}
