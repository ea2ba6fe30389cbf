import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../src/contract/connections.ts';
import { tones, wav } from '../test/recording/make-audio.ts';
import { json } from '../test/support/json.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, openBrowser, openPage } from './support/browser.ts';
import { expectFine } from './support/expect-fine.ts';

const token = 'tk_9f_of_the_platform';

/** From a recording that its server refuses, over its advice, to the credential that opens it. */
describe.skipIf(!chromiumPath)('a recording that needs a credential (needs Chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let connection: ConnectionSecretBody;
  let media: Server;
  let host: string;
  let callId: string;

  beforeAll(async () => {
    const sound = wav(tones(2, 8000, [440]), 8000);
    media = createServer((request, response) => {
      const open = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(open ? 200 : 401).end(open ? sound : 'who are you?');
    });
    await new Promise<void>((done) => media.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(media.address() as AddressInfo).port}`;
    world = await startWorld({ env: { ARIA_ALLOW_HOSTS: host } });
    connection = await world.connect({ name: 'Northgate' });
    const event = { call_instance_id: 'A1', duration: 2, recording: `http://${host}/a.wav` };
    callId = (await json(await world.send(connection, event))).call_id;
    await world.waitForStage(callId, 'recording', ['failed']);
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    media?.closeAllConnections();
    media?.close();
  });

  const isFine = () => expectFine({ page, complaints });

  test('the call says what was tried and what to do', async () => {
    await page.goto(`${world.url}/calls/${callId}`);
    await page
      .getByText(/set credentials for the host under Recordings/i)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Journey' }).click();
    await page.getByText(/No credentials were sent: none are set for this host/).waitFor();
  });

  test('the credential is set on the page, never shown again, and the call is fetched', async () => {
    await page.goto(`${world.url}/connections/${connection.connection_id}`);
    await page.getByRole('button', { name: 'Add host' }).click();
    await page.getByRole('textbox', { name: 'Host' }).fill(host);
    await page.getByLabel('Token').fill(token);
    await isFine();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 call that failed for this host is fetched again').waitFor();
    await world.waitForStage(callId, 'recording', ['done']);
    await isFine();
    const answers = await world.api(`/v1/connections/${connection.connection_id}/recording-hosts`);
    expect(JSON.stringify(answers) + (await page.content())).not.toContain(token);
  });

  test('certificates that are not checked are marked, and a host is removed', async () => {
    await page.getByRole('button', { name: `Change ${host}` }).click();
    await page.getByLabel('Certificates believed').selectOption('insecure');
    await page.getByText('Every recording from here says so').waitFor();
    await isFine();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('certificates not checked').waitFor();
    await page.getByText('bearer token').waitFor();
    await isFine();
    await page.getByRole('button', { name: `Remove ${host}` }).click();
    await page.getByText('Fetched without credentials').waitFor();
  });
});
