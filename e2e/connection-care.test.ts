import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../src/contract/connections.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, openBrowser, openPage } from './support/browser.ts';
import { expectFine } from './support/expect-fine.ts';

/** Trying a connection out, looking after it, and filling it with past calls, in a real browser. */
describe.skipIf(!chromiumPath)('care for a connection (needs Chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let connection: ConnectionSecretBody;

  beforeAll(async () => {
    world = await startWorld({ roles: ['serve'] });
    connection = await world.connect({ name: 'Northgate' });
    await world.send(connection, { call_instance_id: 'A1', duration: 10, client_id: '[Call:Buyer]' });
    await world.send(connection, { duration: 10 });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const isFine = () => expectFine({ page, complaints });

  test('the health panel names the token that was not replaced', async () => {
    await page.goto(`${world.url}/connections/${connection.connection_id}`);
    await page.getByText(/sends its token instead of a value in client_id/).waitFor();
    await isFine();
  });

  test('a test event shows its receipt and how it was read, and can be removed', async () => {
    await page.getByRole('button', { name: 'Send test event' }).click();
    await page.getByText('How it was read').waitFor();
    await page.getByText('+12125550123').filter({ visible: true }).first().waitFor();
    await isFine();
    await page.goto(`${world.url}/events?test=only`);
    await page.locator('summary').first().click();
    await page.getByRole('button', { name: 'Remove the test' }).click();
    await page.getByText('No events fit').waitFor();
    await isFine();
  });

  test('an upload shows its progress to the end and the rows in error', async () => {
    await page.goto(`${world.url}/connections/${connection.connection_id}`);
    await page.getByLabel('File of calls').setInputFiles({
      name: 'calls.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('call_instance_id,duration\nB1,10\nB2\nB3,30\n'),
    });
    await page.getByText('3 rows, 2 new, 1 unreadable').waitFor();
    await page.getByRole('link', { name: '1 row could not be used (CSV)' }).waitFor();
    await isFine();
  });

  test('the events page filters, opens, reads again and exports', async () => {
    await page.getByRole('link', { name: 'All events of this connection' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.getByLabel('Warnings').selectOption('any');
    await page.locator('summary').getByText('A1', { exact: true }).waitFor();
    await page.locator('summary').getByText('B1', { exact: true }).waitFor({ state: 'detached' });
    await page.locator('summary', { hasText: 'A1' }).click();
    await page.getByRole('button', { name: 'Read again' }).filter({ visible: true }).click();
    await page.getByText('Read as before.').waitFor();
    await isFine();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toBe('aria-events.csv');
  });
});
