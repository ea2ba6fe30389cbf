export type HostGateSettings = {
  /** Downloads at a time from one host, at most. */
  concurrency: number;
  /** Downloads begun per second at one host, at most. */
  perSecond: number;
  /** Milliseconds since 1970. */
  now?: () => number;
};

/** How a download ended, for the pace of those that follow: `busy` is 429 or 503, with the pause that was asked for. */
export type HostVerdict = 'served' | 'failed' | { busy: Date | null };

/** A place among the downloads of a host: after `waitMs` it may begin, and `leave` gives the place back. */
export type HostPass = { waitMs: number; leave: (verdict: HostVerdict) => void };

/** There is no place now; there should be at `later`. */
export type HostFull = { later: Date; reason: string };

/** Asks for a place at a host. One process has one gate; several keep their own counts. */
export type HostGate = (host: string) => HostPass | HostFull;

type Host = {
  limit: number;
  running: number;
  /** When the limit last went down or up. */
  changedAt: number;
  pausedUntil: number;
  /** When the rate lets the next download begin. */
  nextStart: number;
  /** The last turn that was promised to somebody who found no place. */
  lastTurn: number;
  /** Of a download, smoothed, in milliseconds. */
  usualMs: number;
};

const raiseAfterMs = 60_000;
/** The pause after 429 or 503 without Retry-After. */
const usualPauseMs = 10_000;
const longestPauseMs = 24 * 3600 * 1000;
/** A longer wait for the rate is spent in the database, where it holds up nobody. */
const longestWaitMs = 1_000;
/** Of a download at a host that nothing is known of; who comes back too early is sent away once more. */
const firstGuessMs = 500;
const longestTurnMs = 5 * 60_000;
const hostsKept = 1_000;

/**
 * Keeps the pace of downloads per host. A host that answers 429 or 503 gets half as many at a time, down to one,
 * and none during the pause it asks for; after a minute without such an answer one more, and so on. Who finds no
 * place is sent away with a turn, so that one slow host does not hold up the others.
 */
export function createHostGate(settings: HostGateSettings): HostGate {
  const now = settings.now ?? Date.now;
  const hosts = new Map<string, Host>();

  function find(name: string): Host {
    const known = hosts.get(name);
    if (known) return known;
    if (hosts.size >= hostsKept) forgetIdle(hosts, settings.concurrency, now());
    const fresh: Host = {
      limit: settings.concurrency,
      running: 0,
      changedAt: 0,
      pausedUntil: 0,
      nextStart: 0,
      lastTurn: 0,
      usualMs: firstGuessMs,
    };
    hosts.set(name, fresh);
    return fresh;
  }

  function nextTurn(host: Host, earliest: number): Date {
    const spacing = Math.max(host.usualMs / host.limit, 1000 / settings.perSecond);
    host.lastTurn = Math.max(earliest, host.lastTurn + spacing);
    return new Date(Math.min(host.lastTurn, earliest + longestTurnMs));
  }

  return (name) => {
    const host = find(name);
    const at = now();
    if (host.pausedUntil > at) {
      return { later: nextTurn(host, host.pausedUntil), reason: `${name} asked for a pause` };
    }
    if (host.running >= host.limit || host.nextStart - at > longestWaitMs) {
      const reason = `As many recordings are fetched from ${name} as it may be asked for at a time`;
      return { later: nextTurn(host, at + 1_000), reason };
    }
    host.running += 1;
    const begin = Math.max(at, host.nextStart);
    host.nextStart = begin + 1000 / settings.perSecond;
    let left = false;
    const leave = (verdict: HostVerdict) => {
      if (left) return;
      left = true;
      host.running -= 1;
      settle(host, verdict, begin, now(), settings.concurrency);
    };
    return { waitMs: begin - at, leave };
  };
}

function settle(host: Host, verdict: HostVerdict, begun: number, at: number, highest: number): void {
  if (typeof verdict === 'object') {
    const wanted = verdict.busy?.getTime() ?? at + usualPauseMs;
    host.pausedUntil = Math.max(host.pausedUntil, Math.min(wanted, at + longestPauseMs));
    // what began under the higher limit says nothing about the lower one
    if (begun >= host.changedAt) {
      host.limit = Math.max(1, Math.floor(host.limit / 2));
      host.changedAt = at;
    }
    return;
  }
  if (verdict !== 'served') return;
  host.usualMs += (at - begun - host.usualMs) / 4;
  if (host.limit < highest && at - host.changedAt >= raiseAfterMs) {
    host.limit += 1;
    host.changedAt = at;
  }
}

/** Addresses come from outside, and so do their hosts: what is idle and undamped is forgotten. */
function forgetIdle(hosts: Map<string, Host>, highest: number, at: number): void {
  for (const [name, host] of hosts) {
    const quiet = host.pausedUntil <= at && host.nextStart <= at;
    const recovered = host.limit === highest || at - host.changedAt > highest * raiseAfterMs;
    if (host.running === 0 && quiet && recovered) hosts.delete(name);
  }
}
