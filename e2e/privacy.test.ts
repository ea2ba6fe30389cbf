import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../src/contract/connections.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, findFaults, openBrowser, openPage } from './support/browser.ts';

/** Own fields in lists and reports, and a caller who is erased. */
describe.skipIf(!chromiumPath)('own fields and erasing (needs Chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let connection: ConnectionSecretBody;

  beforeAll(async () => {
    world = await startWorld({ roles: ['serve'] });
    connection = await world.connect({ platform: 'generic' });
    for (const [id, desk] of ['North', 'North', 'South'].entries()) {
      const caller_id = desk === 'North' ? '+12125550186' : '+13105550177';
      await world.send(connection, { call_instance_id: `p-${id}`, desk, caller_id, revenue: '10' });
    }
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function hasNoFaults() {
    expect(await findFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }

  test('the overview groups by an own field, and its rows lead to their calls', async () => {
    await page.goto(`${world.url}/`);
    await page.getByLabel('Break down by an own field').selectOption('desk');
    await page.getByRole('link', { name: 'North' }).waitFor();
    await hasNoFaults();
    await page.getByRole('link', { name: 'North' }).click();
    await page.getByText('desk=North').waitFor();
    await hasNoFaults();
  });

  test('the list of calls filters by an own field, chosen from those that are there', async () => {
    await page.goto(`${world.url}/calls`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Field', { exact: true }).selectOption('extra');
    await page.getByLabel('Is exactly').fill('South');
    await hasNoFaults();
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByText('desk=South').waitFor();
    expect(new URL(page.url()).searchParams.get('extra')).toBe('desk=South');
  });

  test('an owner erases the caller of a call, once he has seen what goes', async () => {
    const call = (await world.findCall(connection, 'p-0'))!;
    await page.goto(`${world.url}/calls/${call.id}`);
    await page.getByRole('button', { name: 'Erase this caller…' }).click();
    await page.getByText('2 calls, 2 events, 0 recordings, 0 transcripts lead to him.').waitFor();
    await hasNoFaults();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('This caller was erased').waitFor();
    await hasNoFaults();
    expect(await world.findCall(connection, 'p-1')).toMatchObject({ caller_id: null, revenue: '10' });
    expect((await world.findCall(connection, 'p-2'))!.caller_id).toBe('+13105550177');
  });
});
