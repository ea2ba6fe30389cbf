/** Whose certificates are believed: those of the system's authorities, of others (PEM) instead, or anybody's. */
export type Trust = 'system' | 'anybody' | { ca: string };

/** What opens a host: a header, or a parameter of the query. */
export type Credential = { header: string; value: string } | { parameter: string; value: string };

/** What holds for a host, by the word of whoever answers for the request. */
export type HostRules = {
  /** Whether a port besides 80 and 443 may be called. */
  openPort: boolean;
  trust: Trust;
  credential: Credential | null;
};

/** Finds what holds for a host; null: nothing but the rules for all. Asked again at each redirect. */
export type FindHostRules = (hostname: string, port: number) => HostRules | null;

/**
 * `sent` a credential of the rules · `address` only the user and password of the address · `withheld` there is one,
 * but the way is not encrypted · `other-host` there is one, but a redirect led to another host · `none`.
 */
export type CredentialUse = 'sent' | 'address' | 'withheld' | 'other-host' | 'none';

/** A port as it is dialled, where the address names none. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/**
 * Decides whether a host gets the credential that is meant for it. It does not after a redirect from another host,
 * which would let that host choose where the credential goes, nor without TLS outside the operator's own network.
 * @param way `stayed`: every request so far went to this one host
 */
export function credentialUse(
  credential: Credential | null,
  way: { url: URL; stayed: boolean; isOwnNetwork: boolean; hasAuthorization: boolean },
): CredentialUse {
  if (credential) {
    if (!way.stayed) return 'other-host';
    return way.url.protocol === 'https:' || way.isOwnNetwork ? 'sent' : 'withheld';
  }
  return way.hasAuthorization ? 'address' : 'none';
}

/** The request with its credential; the address it came from stays as it is, so that nothing leaks from there. */
export function withCredential(
  request: { url: URL; headers: Record<string, string> },
  credential: Credential,
): { url: URL; headers: Record<string, string> } {
  if ('header' in credential) {
    const headers = { ...request.headers, [credential.header.toLowerCase()]: credential.value };
    return { url: request.url, headers };
  }
  const url = new URL(request.url);
  // appended as text: rewriting the query would spoil signatures made over its spelling
  const rest = url.search.replace(/^\?/, '').split('&').filter(Boolean);
  const name = encodeURIComponent(credential.parameter);
  const others = rest.filter((part) => part !== name && !part.startsWith(`${name}=`));
  url.search = [...others, `${name}=${encodeURIComponent(credential.value)}`].join('&');
  return { url, headers: request.headers };
}
