import ipaddr from 'ipaddr.js';

/** Public addresses at which clouds serve credentials to their machines: Azure's wire server. */
const metadataAddresses = new Set(['168.63.129.16']);

const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * Whether an IP address may be called: only addresses of the public internet. Loopback, private, link-local
 * (with the clouds' metadata servers), carrier NAT, multicast, reserved, documentation and benchmark ranges are
 * not, nor are IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo). The ranges are those of the
 * IANA special-purpose registries (RFC 6890) as ipaddr.js has them.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (metadataAddresses.has(parsed.toString())) return false;
  if (parsed.range() !== 'unicast') return false;
  // the rest of IPv6 is unassigned, or the old IPv4-compatible form
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast);
}

/** Hosts that the operator named: they may be private and use any port, or just the one given. */
export type AllowedHosts = (hostname: string, port: number) => boolean;

/**
 * Reads `host`, `host:port`, `[v6]` and `[v6]:port`; names are matched exactly, in any case.
 * @throws Error on an entry that is none of these
 */
export function readAllowedHosts(entries: string[]): AllowedHosts {
  const allowed = new Set(entries.map((entry) => entry.trim()).map(readEntry));
  return (hostname, port) => {
    const name = bareHost(hostname);
    return allowed.has(name) || allowed.has(`${name} ${port}`);
  };
}

function readEntry(entry: string): string {
  const isBareV6 = ipaddr.IPv6.isValid(entry);
  const [, host, port] = (isBareV6 ? null : /^(\[[^\]]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?$/.exec(entry)) ?? [];
  const url = URL.parse(`http://${isBareV6 ? `[${entry}]` : (host ?? '')}/`);
  if (!url) throw new Error(`"${entry}" is no host: write host, host:port, [v6] or [v6]:port.`);
  return port ? `${bareHost(url.hostname)} ${Number(port)}` : bareHost(url.hostname);
}

/** Without the brackets of IPv6 and the final dot of an absolute name, in lower case. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
}
