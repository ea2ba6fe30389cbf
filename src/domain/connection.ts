import type { MappingVersion } from './mapping.ts';

/** Which recording channel carries which side; `mono` means one channel with both. */
export type ChannelLayout = 'caller-agent' | 'agent-caller' | 'mono';

export const platforms = [
  'ringba',
  'trackdrive',
  'retreaver',
  'invoca',
  'callrail',
  'ctm',
  'generic',
] as const;
export type Platform = (typeof platforms)[number];

/** One integration of one platform account: what the webhook contract leaves open is settled here. */
export type Connection = {
  id: string;
  name: string;
  platform: Platform;
  /** IANA zone in which a zoneless `call_date` is read, e.g. `America/New_York`. */
  timeZone: string;
  /** ISO 4217; every amount of the connection is in it. */
  currency: string;
  /** ISO 3166 alpha-2; how a phone number without a country code is read. */
  defaultCountry: string;
  channelLayout: ChannelLayout;
  /** Scorecard id that overrides the choice by vertical, or null. */
  scorecard: string | null;
  state: 'active' | 'paused';
  /** The connection's own names and reading settings, or null: the platform's preset alone. */
  mapping: MappingVersion | null;
};
