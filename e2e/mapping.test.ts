import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../src/contract/connections.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, findFaults, openBrowser, openPage } from './support/browser.ts';

/** A connection's own names, from the first odd event to the calls put right, on a computer and on a phone. */
describe.skipIf(!chromiumPath)('mapping (needs Chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let connection: ConnectionSecretBody;

  beforeAll(async () => {
    world = await startWorld({ roles: ['serve'] });
    connection = await world.connect({ platform: 'generic' });
    await world.send(connection, {
      call_instance_id: 'm-1',
      Umsatz: '40',
      Partner: 'Northgate',
      duration: '61',
    });
    await world.send(connection, { call_instance_id: 'm-2', Umsatz: '12', Partner: 'tbd', duration: '9' });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
    await page.goto(`${world.url}/connections/${connection.connection_id}`);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function hasNoFaults() {
    expect(await findFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }

  test('an event tells how each of its fields was read', async () => {
    await page.locator('summary', { hasText: 'm-2' }).first().click();
    await page.getByText('How each field was read').filter({ visible: true }).first().click();
    await page.getByRole('region', { name: 'How each field was read' }).getByText('extra.Umsatz').waitFor();
    await hasNoFaults();
  });

  test('a draft is previewed on the last events, then saved as version 1', async () => {
    await page.getByLabel('Umsatz leads to').selectOption('revenue');
    await page.getByLabel('Partner leads to').selectOption('publisher_name');
    await page.getByLabel('Words for “no value”').fill('tbd');
    await page.getByRole('button', { name: 'Add', exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('2 of the last 2 events would be read otherwise.').waitFor();
    await page.getByRole('region', { name: 'Preview' }).getByText('from Umsatz').first().waitFor();
    await hasNoFaults();
    expect((await world.findCall(connection, 'm-1'))?.revenue).toBeNull();

    await page.getByRole('button', { name: 'Save as new version' }).click();
    await page.getByText('Version 1', { exact: true }).waitFor();
    await hasNoFaults();
  });

  test('a replay shows the changed calls first, then changes them', async () => {
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('Nothing was changed yet.').waitFor();
    await page
      .getByRole('region', { name: 'Changes of the call m-1' })
      .getByText('Northgate')
      .first()
      .waitFor();
    await hasNoFaults();
    await page.getByRole('button', { name: 'Replay, and change 2 calls' }).click();
    await page.getByText('Done: 2 events changed and 2 calls rebuilt.').waitFor();
    expect(await world.findCall(connection, 'm-1')).toMatchObject({
      revenue: '40',
      publisher_name: 'Northgate',
    });
    expect(await world.findCall(connection, 'm-2')).toMatchObject({ revenue: '12', publisher_name: null });
    await hasNoFaults();
  });

  test('on a phone in the dark it holds, and nothing is wider than the screen', async () => {
    const small = await openPage(browser, 390, 'dark');
    await small.page.context().addCookies(await page.context().cookies());
    await small.page.goto(page.url());
    await small.page.getByLabel('Umsatz leads to').waitFor();
    expect(await findFaults(small.page)).toEqual([]);
    expect(small.complaints).toEqual([]);
    const width = await small.page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
  });
});
