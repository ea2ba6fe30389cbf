import type { RecordingAuth } from '../domain/recording-host.ts';
import { type HostPattern, matchesHost, narrower, readHostPattern } from '../lib/host-pattern.ts';
import type { Credential, HostRules, Trust } from '../lib/safe-fetch-host-rules.ts';
import type { OpenedHost } from './recording-hosts.ts';

/** What holds for a host, with the pattern by which it was found, for people. */
export type RecordingHostRules = HostRules & { pattern: string; kind: RecordingAuth['kind'] | null };

/** Finds what one connection says of a host. */
export type FindRecordingHostRules = (hostname: string, port: number) => RecordingHostRules | null;

/**
 * The rules of one connection. The narrowest pattern that fits decides alone, so that a host never gets parts of
 * two settings. A pattern with a port opens that port.
 */
export function hostRulesOf(hosts: OpenedHost[]): FindRecordingHostRules {
  const known = hosts
    .map((opened) => ({ opened, pattern: readHostPattern(opened.host) }))
    .filter((entry): entry is { opened: OpenedHost; pattern: HostPattern } => entry.pattern !== null)
    .sort((a, b) => narrower(a.pattern, b.pattern));
  return (hostname, port) => {
    const found = known.find(({ pattern }) => matchesHost(pattern, hostname, port));
    if (!found) return null;
    const { auth, tls } = found.opened;
    return {
      pattern: found.pattern.text,
      kind: auth?.kind ?? null,
      openPort: found.pattern.port !== null,
      trust: trustOf(tls),
      credential: auth && toCredential(auth),
    };
  };
}

function trustOf(tls: OpenedHost['tls']): Trust {
  if (tls.mode === 'own-ca') return { ca: tls.ca };
  return tls.mode === 'insecure' ? 'anybody' : 'system';
}

function toCredential(auth: RecordingAuth): Credential {
  switch (auth.kind) {
    case 'bearer':
      return { header: 'authorization', value: `Bearer ${auth.token}` };
    case 'basic':
      return {
        header: 'authorization',
        value: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`,
      };
    case 'query':
      return { parameter: auth.name, value: auth.value };
    case 'header':
      return { header: auth.name, value: auth.value };
  }
}

/** Cuts a credential out of words that a server sent back, in every form in which it was sent. */
export function withoutSecrets(text: string, hosts: OpenedHost[]): string {
  const secrets = hosts.flatMap(({ auth }) => (auth ? secretsOf(auth) : []));
  const longestFirst = secrets.filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text);
}

function secretsOf(auth: RecordingAuth): string[] {
  if (auth.kind === 'bearer') return [auth.token];
  if (auth.kind === 'basic') {
    return [auth.password, Buffer.from(`${auth.user}:${auth.password}`).toString('base64')];
  }
  return [auth.value, encodeURIComponent(auth.value)];
}
