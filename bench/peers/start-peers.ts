import type { Round } from '../ingest-load.ts';
import type { Peer } from './peer.ts';
import { type RunningPeer, startPeer } from './start-peer.ts';

/** Running peers by name; null: it cannot be measured. */
export type Peers = Map<string, RunningPeer | null>;

/** Starts each peer. One that cannot be installed or started is null, its reason on stderr. */
export async function startPeers(wanted: Peer[], url: string, folder: string): Promise<Peers> {
  const peers: Peers = new Map();
  for (const peer of wanted) {
    const running = await startPeer(peer, url, folder).catch((error: Error) => {
      leaveOut(`${peer.name} ${peer.version}`, error.message);
      return null;
    });
    peers.set(peer.name, running);
  }
  return peers;
}

/** Stops a peer that has fewer rows than it accepted events, and makes it null: its figure would mean nothing. */
export async function dropUnstored(peers: Peers, runs: Map<string, Round[]>): Promise<void> {
  for (const [name, running] of peers) {
    if (!running) continue;
    const accepted = (runs.get(name) ?? []).reduce((sum, run) => sum + run.accepted, 0);
    const rows = await running.stored();
    if (rows >= accepted) continue;
    leaveOut(`${name} ${running.version}`, `It accepted ${accepted} events and stored ${rows}.`);
    await running.stop();
    peers.set(name, null);
  }
}

function leaveOut(peer: string, reason: string): void {
  process.stderr.write(`${peer} is not measured. ${reason}\n`);
}
