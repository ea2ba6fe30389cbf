import type { Platform } from '../../../../src/domain/connection.ts';

export const platformWords: Record<Platform, string> = {
  ringba: 'Ringba',
  trackdrive: 'TrackDrive',
  retreaver: 'Retreaver',
  invoca: 'Invoca',
  callrail: 'CallRail',
  ctm: 'CallTrackingMetrics',
  generic: 'Another platform',
};

export const layoutWords = {
  'caller-agent': 'Two channels: caller left, agent right',
  'agent-caller': 'Two channels: agent left, caller right',
  mono: 'One channel with both',
};
