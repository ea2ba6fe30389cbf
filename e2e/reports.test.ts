import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, findFaults, openBrowser, openPage } from './support/browser.ts';

/** Reports by one and two dimensions, and a call whose money changed, on a computer and on a phone. */
describe.skipIf(!chromiumPath)('reports (needs Chromium)', () => {
  let world: World;
  let connection: Awaited<ReturnType<World['connect']>>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    world = await startWorld({ roles: ['serve'] });
    connection = await world.connect();
    const today = new Date().toISOString();
    for (const [n, publisher] of ['North', 'North', 'South'].entries()) {
      const call = {
        call_instance_id: `r-${n}`,
        call_date: today,
        publisher_name: publisher,
        duration: '61',
      };
      await world.send(connection, {
        ...call,
        buyer_name: 'Acme',
        connected_call_length: '60',
        revenue: '40',
      });
      await world.send(connection, { ...call, revenue: '25' });
    }
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
    await page.goto(`${world.url}/reports`);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function hasNoFaults() {
    expect(await findFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }
  const row = (name: string) => page.getByRole('row', { name }).first();

  test('by publisher, with the certainty of rates and what is new', async () => {
    await row('North').waitFor();
    expect(await row('North').textContent()).toMatch(/new.*n 2/);
    await page.getByRole('button', { name: 'Connect rate' }).focus();
    await page.getByText('Connected ÷ calls.').waitFor();
    await hasNoFaults();
  });

  test('by two dimensions, money, as first reported and as of now', async () => {
    await page.getByLabel('Then by', { exact: true }).selectOption('buyer');
    await page.getByRole('columnheader', { name: 'Buyer' }).waitFor();
    await page.getByRole('button', { name: 'Money' }).click();
    await row('North').getByText('$50.00').first().waitFor();
    await page.getByLabel('Figures', { exact: true }).selectOption('first');
    await row('North').getByText('$80.00').first().waitFor();
    await page.getByLabel('Compared with').selectOption('year');
    await hasNoFaults();
  });

  test('a row leads to the calls that it counts', async () => {
    await page.getByRole('link', { name: 'North' }).first().click();
    await page.waitForURL(/\/calls\?.*publisher_name=North/);
    expect(page.url()).toContain('buyer_name=Acme');
    await page.getByText('2 calls shown, all of them').waitFor();
    await page.goBack();
    await row('North').waitFor();
    await hasNoFaults();
  });

  test('a range is a filter', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Field', { exact: true }).selectOption('connected_call_length_min');
    await page.getByLabel('Connected [s], at least').fill('61');
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByText('No calls in this period').waitFor();
    await page.getByRole('button', { name: /Connected \[s\], at least/ }).click();
    await row('North').waitFor();
  });

  test('all time begins with the first call, in the report and in the list that a row leads to', async () => {
    const address = page.url();
    const old = { call_instance_id: 'r-old', call_date: '2020-02-03T12:00:00Z', publisher_name: 'Elder' };
    await world.send(connection, old);
    await page.goto(`${world.url}/reports`);
    await row('North').waitFor();
    expect(await row('Elder').count()).toBe(0);
    await page.getByRole('button', { name: 'All time' }).click();
    await row('Elder').waitFor();
    await hasNoFaults();
    await page.getByLabel('By', { exact: true }).selectOption('month');
    await page.getByRole('link', { name: '2020-02' }).click();
    await page.getByText('1 call shown, all of them').waitFor();
    await page.goto(`${world.url}/calls?period=all`);
    await page.getByText('4 calls shown, all of them').waitFor();
    await page.goto(address);
  });

  test('what changed after it was first reported', async () => {
    const address = page.url();
    await page.getByRole('link', { name: 'Changes' }).click();
    await page.getByRole('row', { name: /South.*Revenue.*40.*25/ }).waitFor();
    await hasNoFaults();
    await page.goto(address);
  });

  test('on a phone nothing is cut off', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await row('North').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await hasNoFaults();
  });

  test("a call's page tells how its money changed", async () => {
    const { items } = await world.api<{ items: { id: string }[] }>('/v1/calls?publisher_name=South');
    await page.goto(`${world.url}/calls/${items[0]!.id}?tab=events`);
    await page.getByText('Changed since it was first reported').waitFor();
    await page.getByText('40 → 25').waitFor();
    await hasNoFaults();
  });
});
