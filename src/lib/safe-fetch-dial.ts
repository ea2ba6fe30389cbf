import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { type AllowedHosts, bareHost, isPublicAddress } from './safe-fetch-address.ts';
import { SafeFetchError } from './safe-fetch-error.ts';
import type { Trust } from './safe-fetch-host-rules.ts';

/** Addresses of a name. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

export type DialSettings = {
  allowed: AllowedHosts;
  connectSeconds: number;
  resolve: Resolve;
  /** The system's authorities unless told. */
  trust?: Trust;
};

/** The system's resolver, hosts file included. */
export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/**
 * A pool of connections in which each dial checks where it leads. Names are resolved once per dial, and just
 * the checked addresses are connected to, so a name cannot change its mind between check and use. A literal
 * address never reaches a lookup, which is why the host itself is checked as well.
 */
export function createGuardedAgent(settings: DialSettings): Agent {
  const shared = {
    timeout: settings.connectSeconds * 1000,
    allowH2: false,
    // tries the addresses of both families in turn: a broken IPv6 route falls back to IPv4
    autoSelectFamily: true,
    ...tlsOptions(settings.trust ?? 'system'),
  };
  const dialChecked = buildConnector({ ...shared, lookup: lookupWith(settings.resolve, true) });
  const dialAllowed = buildConnector({ ...shared, lookup: lookupWith(settings.resolve, false) });
  return new Agent({
    allowH2: false,
    connect: (options, callback) => {
      const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
      if (settings.allowed(options.hostname, port)) return dialAllowed(options, callback);
      const literal = bareHost(options.hostname);
      if (isIP(literal) && !isPublicAddress(literal)) return callback(blocked(literal), null);
      return dialChecked(options, callback);
    },
  });
}

function tlsOptions(trust: Trust): { ca?: string; rejectUnauthorized?: boolean } {
  if (trust === 'system') return {};
  return trust === 'anybody' ? { rejectUnauthorized: false } : { ca: trust.ca };
}

/** One pool of connections per trust: a connection made without looking at its certificate serves nobody else. */
export function createGuardedAgents(settings: Omit<DialSettings, 'trust'>): {
  get: (trust: Trust) => Agent;
  close: () => Promise<void>;
} {
  const agents = new Map<string, Agent>();
  return {
    get(trust) {
      const name = typeof trust === 'string' ? trust : trust.ca;
      const known = agents.get(name) ?? createGuardedAgent({ ...settings, trust });
      agents.set(name, known);
      return known;
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

/** The fault of an address that may not be called. */
export function blocked(host: string): SafeFetchError {
  return new SafeFetchError(
    'blocked-address',
    `${host} leads to a private, loopback, metadata or reserved address, which is not called`,
  );
}

function lookupWith(resolve: Resolve, check: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const usable = check ? found.filter(({ address }) => isPublicAddress(address)) : found;
        const first = usable[0];
        if (!first) callback(blocked(hostname), '', 0);
        else if (options.all) callback(null, usable);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, '', 0),
    );
  };
}
