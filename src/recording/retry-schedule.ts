/**
 * Seconds to wait before each further attempt to fetch a recording. Platforms name a recording before it is
 * there: most are ready within a minute, some after twenty, and an outage may take the day. In all a bit more
 * than 24 hours; a new address in a later event begins anew.
 */
export const recordingRetries: number[] = [
  5, 10, 20, 40, 60, 120, 240, 300, 600, 900, 1_200, 1_800, 3_600, 3_600, 7_200, 7_200, 10_800, 14_400,
  14_400, 21_600,
];
