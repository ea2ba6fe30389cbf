import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../src/contract/connections.ts';
import { tones, wav } from '../test/recording/make-audio.ts';
import { json } from '../test/support/json.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { loudness, recorded } from '../test/transcribe/deepgram-answer.ts';
import { answerJson, wavFacts } from '../test/transcribe/local-server.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, findFaults, openBrowser, openPage } from './support/browser.ts';
import { expectFine } from './support/expect-fine.ts';

/** From a provider without credit, over its alert, to a call that is heard, as an operator sees it. */
describe.skipIf(!chromiumPath)('speech engines (needs Chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let connection: ConnectionSecretBody;
  let provider: Server;
  let media: Server;
  let callId: string;
  let credit = false;

  beforeAll(async () => {
    const sound = wav(tones(4, 8000, [440]), 8000);
    media = createServer((_request, response) => void response.end(sound));
    provider = createServer(async (request, response) => {
      const heard = await buffer(request);
      const { channels, seconds } = wavFacts(heard);
      if (credit) return answerJson(response, 200, recorded(channels, seconds, loudness(heard)));
      answerJson(response, 402, { err_code: 'PAYMENT', err_msg: 'Your credit is used up' });
    });
    const addresses = [media, provider].map(
      (server) =>
        new Promise<string>((done) =>
          server.listen(0, '127.0.0.1', () => done(`127.0.0.1:${(server.address() as AddressInfo).port}`)),
        ),
    );
    const [mediaHost, providerHost] = await Promise.all(addresses);
    world = await startWorld({
      env: {
        ARIA_ALLOW_HOSTS: mediaHost!,
        ARIA_DEEPGRAM_URL: `http://${providerHost}`,
        ARIA_DEEPGRAM_KEY: 'secret-key',
        ARIA_TRANSCRIBE_PRICES: 'deepgram=0.0043',
      },
    });
    connection = await world.connect({ name: 'Northgate' });
    const event = { call_instance_id: 'A1', duration: 4, recording: `http://${mediaHost}/a.wav` };
    callId = (await json(await world.send(connection, event))).call_id;
    await world.waitForStage(callId, 'transcribe', ['parked']);
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    for (const server of [media, provider]) {
      server?.closeAllConnections();
      server?.close();
    }
  });

  const isFine = () => expectFine({ page, complaints });

  test('the pipeline page shows what rests and why, and asks it again', async () => {
    await page.goto(`${world.url}/pipeline`);
    await page.getByText(/Your credit is used up/).waitFor();
    await page.getByText('set ARIA_ASSEMBLYAI_KEY').waitFor();
    await isFine();
    const parked = page.getByRole('row', { name: /^Transcript/ }).getByRole('link');
    expect(await parked.allTextContents()).toEqual(['1']);
    expect(await parked.getAttribute('href')).toMatch(/period=all.*stage_state=transcribe\.parked/);
    credit = true;
    await page.getByRole('button', { name: 'Ask again: Deepgram' }).click();
    await page.getByText(/Your credit is used up/).waitFor({ state: 'detached' });
    await world.waitForStage(callId, 'transcribe', ['done']);
    await page.getByText('Audio0:04', { exact: true }).waitFor();
  });

  test('the journey tells who listened, what it took and what it cost', async () => {
    await page.goto(`${world.url}/calls/${callId}`);
    await page.getByText(/Deepgram: deepgram:nova-3 · 0:04 of audio · .* of work · .*\$0\.00/).waitFor();
    await isFine();
  });

  test('the order of a connection is set on its page', async () => {
    await page.goto(`${world.url}/connections/${connection.connection_id}`);
    await page.getByText('order of the installation', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Do not ask OpenAI-compatible' }).click();
    await page.getByText('own order', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Ask On this machine earlier' }).click();
    const path = `/v1/connections/${connection.connection_id}/engines`;
    await expect
      .poll(async () => (await world.api<{ engines: string[] }>(path)).engines)
      .toEqual(['deepgram', 'local', 'assemblyai']);
    await isFine();
    await page.getByRole('button', { name: 'Use the order of the installation' }).click();
    await expect.poll(async () => (await world.api<{ engines: string[] | null }>(path)).engines).toBeNull();
  });
});

/** What an operator sees who has set nothing up. */
describe.skipIf(!chromiumPath)('no speech engine (needs Chromium)', () => {
  test('the page says that calls wait, and what to do with and without internet', async () => {
    const world = await startWorld();
    const browser = await openBrowser();
    try {
      const { page } = await openPage(browser, 390, 'dark');
      await becomeOwner(page, world);
      await page.goto(`${world.url}/pipeline`);
      await page.getByText('Nothing can listen yet').waitFor();
      await page.getByText('npx aria models pull', { exact: true }).waitFor();
      expect(await findFaults(page)).toEqual([]);
    } finally {
      await browser.close();
      await world.stop();
    }
  });
});
