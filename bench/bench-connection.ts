/** The connection under which the benchmarks send their events. */
export const benchConnection = {
  name: 'bench',
  platform: 'ringba',
  timeZone: 'America/New_York',
  currency: 'USD',
  defaultCountry: 'US',
  channelLayout: 'caller-agent',
  scorecard: null,
} as const;
