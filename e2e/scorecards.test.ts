import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JudgingWorld, startJudgingWorld } from '../test/score/judging-world.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, openBrowser, openPage } from './support/browser.ts';
import { expectFine } from './support/expect-fine.ts';

/** A reviewer corrects the judge; an operator drafts a scorecard, sees what it would change, and publishes it. */
describe.skipIf(!chromiumPath)('scorecards and reviews (needs Chromium)', () => {
  let world: World;
  let judging: JudgingWorld;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let call: string;

  beforeAll(async () => {
    world = await startWorld();
    judging = await startJudgingWorld(world.db);
    call = await judging.addCall();
    // its sound is not at hand here
    await sql`delete from call_recording`.execute(world.db);
    await judging.score(call);
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const hasNoFaults = () => expectFine({ page, complaints });

  test('an answer is corrected with a reason; the outcome follows, the judge stays in sight, undo brings it back', async () => {
    await page.goto(`${world.url}/calls/${call}`);
    await page.getByRole('button', { name: 'Correct Owns home' }).click();
    await page.getByLabel('It is', { exact: true }).selectOption('no');
    await page.getByLabel('Why', { exact: true }).fill('his son owns it');
    await page.getByLabel('Where it is said').selectOption('3');
    await hasNoFaults();
    await page.getByRole('button', { name: 'Save the correction' }).click();
    await page.getByText('Corrected by olivia@example.com: his son owns it.').waitFor();
    await page.getByText(/The judge says yes/).waitFor();
    await page.getByText(/^Not billable by rule unqualified/).waitFor();
    await page.getByText(/The judge alone: Qualified/).waitFor();
    await hasNoFaults();
    await page.getByRole('button', { name: 'Undo the review of Owns home' }).click();
    await page.getByText(/^Billable by rule/).waitFor();
  });

  test('the outcome itself is corrected, and the rest confirmed', async () => {
    await page.getByRole('button', { name: 'Correct the outcome' }).click();
    await page.getByLabel('What', { exact: true }).selectOption('billable');
    await page.getByLabel('It is', { exact: true }).selectOption('no');
    await page.getByLabel('Why', { exact: true }).fill('refunded by agreement');
    await page.getByRole('button', { name: 'Save the correction' }).click();
    await page.getByText(/^Not billable by olivia@example.com, who reviewed the call/).waitFor();
    await page.getByRole('button', { name: 'Confirm all that is left' }).click();
    await page.getByText('Confirmed by olivia@example.com: confirmed.').first().waitFor();
    await page.getByRole('button', { name: 'Confirm all that is left' }).waitFor({ state: 'detached' });
    await page.goto(`${world.url}/scorecards?tab=agreement`);
    await page.getByRole('region', { name: 'Agreement' }).getByText('Owns home').waitFor();
    await hasNoFaults();
  });

  test('a scorecard is drafted on its page; a fault is told with its line', async () => {
    await page.goto(`${world.url}/scorecards`);
    await page.getByRole('link', { name: 'Solar', exact: true }).click();
    const editor = page.getByLabel('YAML');
    await editor.waitFor();
    const before = await editor.inputValue();
    await editor.fill(before.replace('gate: true', 'gaet: true'));
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText(/gaet: write gate/).waitFor();
    await hasNoFaults();
    await editor.fill(`${before}
policy:
  - id: nothing
    when: {}
    billable: "no"
    because: nothing is paid for
`);
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText(/is the draft/).waitFor();
  });

  test('what the draft would change is seen before it is published', async () => {
    const other = await judging.addCall();
    await judging.score(other);
    await page.goto(`${world.url}/scorecards?tab=rescores`);
    await page.getByLabel('Judged by').selectOption('draft');
    await hasNoFaults();
    await page.getByRole('button', { name: 'Judge again' }).click();
    await page.getByText('2 calls judged; 1 would change. Nothing is changed yet.').waitFor();
    await page.getByText('Billable: Yes → No').waitFor();
    await hasNoFaults();
    expect(await judging.readCall(other)).toMatchObject({ billable: 'yes' });
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published: 1 call changed.').waitFor();
    expect(await judging.readCall(other)).toMatchObject({ billable: 'no', billable_reason: 'nothing' });
    // the reviewer's word stays, though the rules are others
    expect(await judging.readCall(call)).toMatchObject({ billable_reason: 'nothing', billable: 'no' });
    expect((await judging.scorecards.current()).drafts).toEqual([]);
  });

  test('a rule gives a buyer his own scorecard', async () => {
    await page.goto(`${world.url}/scorecards?tab=rules`);
    await page.getByLabel('Buyer').fill('Acme');
    await page.getByLabel('Is judged by').selectOption('medicare');
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByText(/buyer Acme/).waitFor();
    await hasNoFaults();
    const set = await judging.scorecards.current();
    const acme = { connectionId: 'con_1', connectionScorecard: null, vertical: 'Solar', campaignName: null };
    expect(set.choose({ ...acme, buyerName: 'ACME ' }).id).toBe('medicare');
    await page.getByRole('button', { name: 'Remove rule 1' }).click();
    await page.getByText(/buyer Acme/).waitFor({ state: 'detached' });
  });
});
