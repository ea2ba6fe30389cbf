import { afterAll, expect, test } from 'vitest';
import { faults } from './faults.ts';
import { complaints, runCycle } from './run-cycle.ts';
import { openSite, type Site, type SiteKind } from './site.ts';

/** A few of the faults of `npm run test:faults`, which breaks Aria in every way and more often. */
const sites = new Map<SiteKind, Site>();
afterAll(async () => {
  for (const site of sites.values()) await site.close();
});

// processes are found under /proc
test.runIf(process.platform === 'linux').each(['kill-postgres', 'kill-both', 'stop-postgres'])(
  '%s under load: every 2xx is stored once, and Aria recovers by itself',
  async (name) => {
    const fault = faults.find((one) => one.name === name)!;
    const site = sites.get(fault.site) ?? (await openSite(fault.site));
    sites.set(fault.site, site);
    const result = await runCycle(site, fault, name);
    expect(complaints(result)).toEqual([]);
    // the fault did hit: some requests failed
    expect(Object.keys(result.outcomes).some((outcome) => !/^20[02]$/.test(outcome))).toBe(true);
  },
  90_000,
);
