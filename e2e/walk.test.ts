import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalServer } from '../demo/local-server.ts';
import { recordingUrl, startRecordingServer } from '../demo/recording-server.ts';
import { readSamples } from '../demo/sample.ts';
import { startSimulatedProvider } from '../demo/simulated-provider.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { chromiumPath, findFaults, openBrowser, openPage } from './support/browser.ts';

/** One walk through the product in a real browser: owner link → connection → posted call → transcript → report. */
describe.skipIf(!chromiumPath)('the walk (needs Chromium)', () => {
  let world: World;
  let recordings: LocalServer;
  let provider: LocalServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let connection: { connection_id: string; api_key: string };

  beforeAll(async () => {
    const samples = await readSamples();
    recordings = await startRecordingServer(samples);
    provider = await startSimulatedProvider(samples);
    world = await startWorld({
      env: {
        ARIA_TRANSCRIBE_URL: `${provider.url}/v1`,
        ARIA_TRANSCRIBE_SIMULATED: 'true',
        ARIA_ALLOW_HOSTS: `${recordings.host}:${recordings.port}`,
      },
    });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    await provider?.close();
    await recordings?.close();
  });

  const visibleText = (text: string | RegExp) =>
    page.getByText(text).filter({ visible: true }).first().waitFor();

  async function hasNoFaults() {
    expect(await findFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }

  test('nobody is signed in: every page leads to the sign-in', async () => {
    await page.goto(`${world.url}/calls`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toContain('/sign-in');
    await hasNoFaults();
  });

  test('the one-time link makes the owner, once', async () => {
    const link = /http\S+\/welcome\?token=\S+/.exec(world.said.join('\n'))![0];
    await page.goto(link);
    await page.getByLabel('Your name').fill('Olivia Owner');
    await page.getByLabel('Email').fill('olivia@example.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await hasNoFaults();
    await page.getByRole('button', { name: /create owner/i }).click();
    await page.getByRole('link', { name: 'Connections' }).first().waitFor();
    expect(page.url()).not.toContain('token');
    await hasNoFaults();

    const again = await fetch(`${world.url}/v1/owner`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: new URL(link).searchParams.get('token'),
        name: 'x',
        email: 'x@example.com',
        password: 'another password',
      }),
    });
    expect(again.status).toBe(403);
  });

  test('a connection is made; its key is shown and the page waits for the first event', async () => {
    await page.goto(`${world.url}/connections/new`);
    await page.getByLabel('Name', { exact: true }).fill('Ringba main');
    await page.getByLabel('Time zone of the account').fill('America/New_York');
    await hasNoFaults();
    await page.getByRole('button', { name: 'Create connection' }).click();
    const key = await page.getByRole('region', { name: 'Key', exact: true }).innerText();
    expect(key).toMatch(/^ak_/);
    const { items } = await world.api<{ items: { id: string }[] }>('/v1/connections');
    connection = { connection_id: items[0]!.id, api_key: key.trim() };
    await hasNoFaults();
  });

  test('the posted call appears and travels to its outcome', async () => {
    const response = await fetch(`${world.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...connection,
        call_instance_id: 'walk-1',
        call_date: new Date().toLocaleString('en-US', { timeZone: 'America/New_York' }).replace(',', ''),
        caller_id: '+12125550123',
        publisher_name: 'Northgate Calls',
        buyer_name: 'Acme Plumbing',
        duration: '100',
        connected_call_length: '95',
        revenue: '40.00',
        vertical: 'home_services',
        recording: recordingUrl(recordings, 'existing-customer'),
      }),
    });
    expect(response.status).toBe(202);
    const { call_id } = (await response.json()) as { call_id: string };
    await page
      .getByText(/walk-1|first event/i)
      .first()
      .waitFor({ timeout: 15_000 });
    await world.waitForStage(call_id, 'score');

    await page.goto(`${world.url}/calls`);
    await page.getByRole('table').waitFor();
    await visibleText('Northgate Calls');
    await hasNoFaults();
    await page.goto(`${world.url}/calls/${call_id}`);
    await visibleText(/simulated/i);
    await visibleText(/existing customer/i);
    await page.getByRole('slider', { name: 'Position in the recording' }).waitFor();
    await hasNoFaults();
  });

  test('on a phone the answers stand above the transcript, on a computer beside it', async () => {
    const top = async (name: string) =>
      (await page.getByRole('heading', { name, exact: true }).boundingBox())!.y;
    expect(await top('Answers')).toBe(await top('Transcript'));
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(async () => (await top('Answers')) < (await top('Transcript'))).toBe(true);
    await hasNoFaults();
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('a quote leads to its moment in the recording', async () => {
    const quote = page.getByRole('listitem').filter({ hasText: 'sure' }).getByRole('button').first();
    await quote.waitFor();
    await quote.click();
    const position = page.getByRole('slider', { name: 'Position in the recording' });
    await expect.poll(async () => Number(await position.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await hasNoFaults();
  });

  test('the report shows the call as billed but not qualified, in money', async () => {
    await page.goto(`${world.url}/`);
    await visibleText('Northgate Calls');
    expect(await page.getByRole('main').innerText()).toContain('40.00');
    await hasNoFaults();
  });

  test('on a phone and in the dark every page still holds', async () => {
    const small = await openPage(browser, 390, 'dark');
    await small.page.context().addCookies(await page.context().cookies());
    const { items } = await world.api<{ items: { id: string }[] }>('/v1/calls');
    const paths = [
      '/',
      '/calls',
      `/calls/${items[0]!.id}`,
      '/connections',
      `/connections/${connection.connection_id}`,
      '/pipeline',
    ];
    for (const path of paths) {
      await small.page.goto(world.url + path);
      await small.page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      await small.page.waitForLoadState('networkidle');
      expect(await findFaults(small.page), path).toEqual([]);
      const overflow = await small.page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
    }
    expect(small.complaints).toEqual([]);
  });

  test('the guides and the API description are readable pages', async () => {
    for (const path of ['/docs/api', '/docs/webhook', '/docs/reports']) {
      await page.goto(world.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await hasNoFaults();
    }
  });
});
