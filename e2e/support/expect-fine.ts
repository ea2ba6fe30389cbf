import { expect } from 'vitest';
import { findFaults, type WatchedPage } from './browser.ts';

/**
 * That the page, as it stands, has no fault by axe and nothing wider than the screen, on a computer and on a phone,
 * and that the browser has not complained so far. Leaves it as wide as a computer's.
 */
export async function expectFine({ page, complaints }: WatchedPage): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await findFaults(page), `at ${width} px`).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow, `wider than ${width} px`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(complaints).toEqual([]);
}
