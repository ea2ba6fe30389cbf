import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMachineKey, listMachineKeys, revokeMachineKey } from '../src/http/machine-keys.ts';
import {
  buildCall,
  buildConnection,
  buildEvaluation,
  qualified,
  unqualified,
} from '../test/report/build-calls.ts';
import { putTranscript, said } from '../test/report/put-transcript.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, openBrowser, openPage } from './support/browser.ts';
import { expectFine } from './support/expect-fine.ts';

/** The reading side's pages with calls in them: what they show, that they lead on, and that everybody can use them. */
describe.skipIf(!chromiumPath)('search, disagreements, traffic, saved (needs Chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    world = await startWorld();
    const connection = await buildConnection(world.db, { name: 'Main' });
    const now = new Date(Date.now() - 3_600_000).toISOString();
    const north = {
      publisher_name: 'North Media',
      buyer_name: 'Acme',
      caller_id: '+12125550001',
      first_event_at: now,
      connected_call_length: '61',
    };
    const { id } = await buildCall(world.db, connection, { ...north, revenue: '40.00' });
    const evidence = [{ turn: 1, quote: 'I rent the place', speaker: 'caller', start: 12, end: 14 }];
    await buildEvaluation(world.db, id, unqualified, [
      { criterion: unqualified.reason, value: 'no', confidence: 0.9, note: null, evidence },
    ]);
    await putTranscript(world.db, id, [
      said('agent', 'Do you own your home?', 0),
      said('caller', 'I rent the place, please do not call me again', 12),
    ]);
    await buildCall(world.db, connection, { ...north, publisher_name: 'South', outcome: qualified });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const isSound = () => expectFine({ page, complaints });
  const saveAs = async (name: string) => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Name').press('Enter');
  };

  test('a phrase is found, marked, and leads to its moment', async () => {
    await page.goto(`${world.url}/search`);
    await page.getByRole('searchbox').fill('"do not call"');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.locator('mark').first().waitFor();
    expect(await page.locator('mark').allTextContents()).toEqual(['do', 'not', 'call']);
    await isSound();
    await page.getByRole('link', { name: /^Go to 0:14/ }).click();
    await page.waitForURL(/\/calls\/call_.*at=14/);
    // of the call's page, not of the list of hits: the words of the turn that was spoken then
    const turns = page.getByRole('list', { name: 'Turns' });
    await turns.getByText('I rent the place, please do not call me again').waitFor();
    await expect.poll(() => turns.getByRole('button', { name: 'rent', exact: true }).count()).toBe(1);
  });

  test('disagreements lead to their calls with the words that decided', async () => {
    await page.goto(`${world.url}/disagreements`);
    await page
      .getByRole('button', { name: /\$40\.00/ })
      .first()
      .click();
    await page.getByText('“I rent the place”').waitFor();
    await isSound();
    await page.getByRole('button', { name: 'Remove filter Publisher: North Media' }).waitFor();
    await page.getByRole('button', { name: /^Remove filter Disagreement: Billed/ }).click();
    await page.goto(`${world.url}/disagreements?connected_call_length_min=62`);
    await page.getByText('Nothing disagrees under these filters').waitFor();
    await page.getByText('No call disagrees under these filters.').waitFor();
    await isSound();
  });

  test('a scorecard is shown, and shared by a link', async () => {
    await page.goto(`${world.url}/disagreements`);
    await page.getByRole('link', { name: 'scorecard', exact: true }).first().click();
    await page.waitForURL(/\/party-scorecard/);
    await page.getByText('Newest calls that are not billable').waitFor();
    const rate = page.getByRole('row', { name: /^Connect rate/ });
    expect(await rate.getByRole('cell').allTextContents()).toEqual(['100%', '20.7%–100%', '—']);
    expect(await shownPercents(page)).toSatisfy(isShares);
    await isSound();
    await page.getByRole('button', { name: /Link for 14 days/ }).click();
    const url = await page.getByText(/\/share\//).textContent();
    await page.goto(url!);
    await page.getByText('Made by Aria').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('North Media');
    await isSound();

    await page.goBack();
    await page.getByRole('button', { name: /Take back the link/ }).waitFor();
    await isSound();
    await page.getByRole('button', { name: /Take back the link/ }).click();
    await page.getByText('Links that open this scorecard').waitFor({ state: 'detached' });
    expect((await fetch(url!)).status).toBe(404);
  });

  test.each(['Coverage', 'Pay threshold', 'Repeat callers', 'Silent sources'])('traffic: %s', async (tab) => {
    await page.goto(`${world.url}/traffic`);
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('table').first().waitFor();
    expect(await shownPercents(page)).toSatisfy(isShares);
    if (tab === 'Coverage')
      await page.getByText('2 of 2 connected calls scored: 100%', { exact: true }).waitFor();
    await isSound();
  });

  test('calls are saved under a name, exported, and scheduled', async () => {
    await page.goto(`${world.url}/calls`);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Parquet' }).click();
    await page.getByRole('link', { name: /Download 2 rows/ }).waitFor();
    await isSound();
    await page.keyboard.press('Escape');
    await saveAs('My calls');
    await page.getByRole('navigation', { name: 'Saved reports' }).getByText('My calls').waitFor();

    await page.goto(`${world.url}/saved`);
    await page.getByLabel('Recipients').fill('ann@example.com');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText(/every day at 08:00/).waitFor();
    await isSound();
    await page.getByRole('button', { name: 'Send now' }).click();
    // no mail server is set up here: the page says so, and what to do
    await page.getByText(/ARIA_SMTP_URL is not set/).waitFor();
    await page.getByText(/Set ARIA_SMTP_URL/).waitFor();
  });

  test('a schedule whose owner may no longer write is taken over by who is signed in', async () => {
    const saved = await world.api<{ items: { id: string; name: string }[] }>('/v1/saved-reports');
    const report = saved.items.find(({ name }) => name === 'My calls');
    const schedule = {
      saved_report_id: report!.id,
      every: 'week',
      weekday: 1,
      at_time: '07:00',
      time_zone: 'UTC',
      channel: 'email',
      recipients: ['bob@example.com'],
      content: 'link',
    };
    const key = await createMachineKey(world.db, 'departing', ['read', 'write']);
    const made = await fetch(`${world.url}/v1/schedules`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(schedule),
    });
    expect(made.status).toBe(201);
    await page.goto(`${world.url}/saved`);
    const item = page.getByRole('listitem').filter({ hasText: 'bob@example.com' });
    await item.getByText('every Monday at 07:00 (UTC)').waitFor();
    await item.getByText('by departing').waitFor();
    expect(await item.getByText('owner gone').count()).toBe(0);
    await item.getByRole('button', { name: 'Pause' }).waitFor();

    const departing = (await listMachineKeys(world.db)).find(({ name }) => name === 'departing');
    await revokeMachineKey(world.db, departing!.id);
    await page.reload();
    await item.getByText('owner gone').waitFor();
    await item.getByText(/nothing goes out until somebody/).waitFor();
    await isSound();
    await item.getByRole('button', { name: 'Take over' }).click();
    await item.getByText('by olivia@example.com').waitFor();
    expect(await item.getByText('owner gone').count()).toBe(0);
    await item.getByRole('button', { name: 'Pause' }).waitFor();
    await isSound();
  });

  test('changes are exported under their filters, saved, and found again', async () => {
    const { id } = await buildCall(world.db, await buildConnection(world.db), {
      publisher_name: '=North',
      buyer_name: 'Acme',
      caller_id: '+12125550002',
      revenue: '40.00',
      first_event_at: new Date(Date.now() - 3_600_000).toISOString(),
    });
    await sql`update call set revenue = 25.5 where id = ${id}`.execute(world.db);
    await page.goto(`${world.url}/changes?buyer_name=Acme`);
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'CSV' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download 1 row', exact: true }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    expect(text).toContain(",'=North,Acme,revenue,40.00,25.5,USD,40.00,25.5,-14.50,");
    await isSound();
    await page.keyboard.press('Escape');
    await saveAs('My changes');
    await page.getByRole('navigation', { name: 'Saved reports' }).getByText('My changes').click();
    await page.waitForURL(/\/changes\?(?=.*period=30d)(?=.*buyer_name=Acme)/);
    await page.getByRole('button', { name: 'Remove filter Buyer: Acme' }).waitFor();
  });

  test('the calls behind a reason and repeat callers are exported; a saved report opens its tab', async () => {
    await page.goto(`${world.url}/traffic`);
    await page
      .getByRole('row', { name: /No recording was sent/ })
      .getByRole('button')
      .click();
    await page.waitForURL(/stage=none/);
    const calls = page.locator('section').filter({ hasText: 'the newest 50' });
    await calls.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'CSV' }).click();
    await page.getByRole('link', { name: /Download 1 row$/ }).waitFor();
    await isSound();
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'Repeat callers' }).click();
    await page.getByRole('row', { name: /212.*555.*0001/ }).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Excel' }).click();
    await page.getByRole('link', { name: /Download 1 row$/ }).waitFor();
    await isSound();
    await page.keyboard.press('Escape');
    await saveAs('Seen twice');
    await page.getByRole('navigation', { name: 'Saved reports' }).getByText('Seen twice').waitFor();
    await page.goto(`${world.url}/saved`);
    await page.getByRole('link', { name: 'Seen twice' }).first().click();
    await page.getByRole('tab', { name: 'Repeat callers', selected: true }).waitFor();
    await page.getByRole('row', { name: /212.*555.*0001/ }).waitFor();
  });

  test('filters of the traffic stand on its page, in the address, and in what is saved', async () => {
    await page.goto(`${world.url}/traffic`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Field', { exact: true }).selectOption('publisher_name');
    await page.getByLabel('Is exactly').fill('South');
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.waitForURL(/publisher_name=South/);
    await page.getByText('1 of 1 connected call scored: 100%', { exact: true }).waitFor();
    await isSound();
    await saveAs('South covered');

    // from one publisher no caller comes through several
    await page.getByRole('tab', { name: 'Repeat callers' }).click();
    await page.getByText('No caller came through more than one publisher.').waitFor();
    await page.getByRole('button', { name: 'Remove filter Publisher: South' }).click();
    await page.getByRole('link', { name: /212.*555.*0001/ }).waitFor();

    await page.getByRole('navigation', { name: 'Saved reports' }).getByText('South covered').click();
    await page.waitForURL(/\/traffic\?(?=.*period=30d)(?=.*publisher_name=South)/);
    await page.getByText('1 of 1 connected call scored: 100%', { exact: true }).waitFor();

    await page.goto(`${world.url}/traffic?tab=threshold&within=10&publisher_name=South`);
    await page.getByRole('heading', { name: 'Within 10 s of the payable duration' }).waitFor();
    await page.getByRole('tab', { name: 'Silent sources' }).click();
    await page.getByRole('button', { name: 'Only silent ones' }).click();
    await page.waitForURL(/show=silent/);
    await page.getByText('No source is silent').waitFor();
    await isSound();
  });

  test('a publisher without calls in the period compared with is told to have had none', async () => {
    await page.goto(`${world.url}/reports?compare=previous&period=7d`);
    await page.getByRole('row', { name: /South/ }).getByText('was none').first().waitFor();
    await isSound();
  });

  test('money that is known of some of its calls alone says so', async () => {
    const connection = await buildConnection(world.db, { name: 'Second' });
    const now = new Date(Date.now() - 3_600_000).toISOString();
    // a buyer who never paid: nobody knows what this call is worth
    await buildCall(world.db, connection, {
      publisher_name: 'South',
      buyer_name: 'Newcomer',
      first_event_at: now,
      connected_call_length: '99',
      outcome: qualified,
    });
    await page.goto(`${world.url}/disagreements`);
    await page
      .getByRole('row', { name: /^Total/ })
      .getByText('known for 1 of 2 calls')
      .waitFor();
    await isSound();
    await page.goto(`${world.url}/reports?metrics=disagreements`);
    await page
      .getByRole('row', { name: /^All|^Total/ })
      .getByText('known for 1 of 2 calls')
      .waitFor();
    await isSound();
    await page.goto(world.url);
    await page.getByRole('link', { name: /Qualified, not billed.*known for 1 of 2 calls/ }).waitFor();
    await isSound();
  });

  test('a link that was sent out leads to the page it names', async () => {
    await page.goto(
      `${world.url}/saved?kind=disagreements&by=buyer&from=2025-07-01&to=2025-07-07&time_zone=UTC`,
    );
    await page.waitForURL(/\/disagreements\?by=buyer/);
    expect(page.url()).toContain('period=custom');
  });
});

const isShares = (percents: number[]) => percents.every((percent) => percent <= 100);

/** Every percentage that the page shows. */
async function shownPercents(page: Page): Promise<number[]> {
  const text = await page.locator('main').innerText();
  return [...text.matchAll(/([\d.,]+) ?%/g)].map(([, digits]) => Number(digits!.replaceAll(',', '')));
}
