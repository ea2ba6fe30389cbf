import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalServer } from '../demo/local-server.ts';
import { recordingUrl, startRecordingServer } from '../demo/recording-server.ts';
import { readSamples } from '../demo/sample.ts';
import { startSimulatedProvider } from '../demo/simulated-provider.ts';
import { json } from '../test/support/json.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, findFaults, openBrowser, openPage } from './support/browser.ts';

describe.skipIf(!chromiumPath)('a call with muted audio (needs Chromium)', () => {
  let world: World;
  let recordings: LocalServer;
  let provider: LocalServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let callId: string;

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
    await becomeOwner(page, world);
    const answer = await world.send(await world.connect(), {
      call_instance_id: 'c-1',
      call_date: '07/07/2025 01:59:05 PM',
      vertical: 'home_services',
      recording: recordingUrl(recordings, 'drain-paid-by-card'),
    });
    ({ call_id: callId } = await json(answer));
    await world.waitForStage(callId, 'score');
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    await provider?.close();
    await recordings?.close();
  });

  test('the player plays the muted copy and shows where words were removed', async () => {
    await page.goto(`${world.url}/calls/${callId}`);
    await page.getByText(/Silent where words were removed/).waitFor();
    await page.getByText('The original is not kept.', { exact: false }).waitFor();
    expect(await page.getByTitle(/^Removed words/).count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    const slider = page.getByRole('slider', { name: 'Position in the recording' });
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    expect(await findFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('on a telephone’s screen too', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText(/Silent where words were removed/).waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
});
