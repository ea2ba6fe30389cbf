import type pg from 'pg';

/** Where a peer stores its rows: a database of its own in the benchmark's cluster, over its socket folder. */
export type PeerDatabase = { host: string; port: number; user: string; password: string; database: string };

/** What a peer gets to start with. */
export type PeerPlace = {
  /** Where npm installed it; shared between runs, so nothing is written there. */
  installed: string;
  /** An empty folder of this run. */
  folder: string;
  database: PeerDatabase;
  /** Sessions in `database`, to make what the peer needs. */
  pool: pg.Pool;
  port: number;
};

/** A started peer. Each accepted POST to `url` leaves the event in the column `payload` of a row of `event`. */
export type StartedPeer = {
  url: string;
  /** The body that carries an event. */
  wrap: (event: object) => object;
  stop: () => Promise<void>;
};

/** Another self-hosted program that can take a webhook and store it in PostgreSQL. */
export type Peer = {
  name: string;
  version: string;
  /** What npm installs, all exact versions. */
  dependencies: Record<string, string>;
  /** Versions that npm takes in place of those that the peer asks for. */
  overrides?: Record<string, string>;
  start: (place: PeerPlace) => Promise<StartedPeer>;
};

/** Sessions that each server of the benchmark may hold at PostgreSQL. */
export const sessions = 16;
