import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JudgingWorld, qualifiedTalk, startJudgingWorld } from '../test/score/judging-world.ts';
import { startWorld, type World } from '../test/support/world.ts';
import { becomeOwner } from './support/become-owner.ts';
import { chromiumPath, openBrowser, openPage } from './support/browser.ts';
import { expectFine } from './support/expect-fine.ts';

/** A reviewer has ten calls to do that disagree with what was reported. */
describe.skipIf(!chromiumPath)('a reviewer with ten calls (needs Chromium)', () => {
  let world: World;
  let judging: JudgingWorld;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const ids: string[] = [];

  beforeAll(async () => {
    world = await startWorld();
    judging = await startJudgingWorld(world.db);
    const rents = [...qualifiedTalk.slice(0, 3), 'C: No, I rent.', ...qualifiedTalk.slice(4)];
    for (let i = 0; i < 10; i++) {
      const id = await judging.addCall({
        lines: i % 2 === 0 ? rents : qualifiedTalk,
        revenue: i % 2 === 0 ? '40' : '0',
      });
      await sql`update call set call_date = now() - make_interval(mins => ${i + 1}) where id = ${id}`.execute(
        world.db,
      );
      ids.push(id);
    }
    // their sound is not at hand here
    await sql`delete from call_recording`.execute(world.db);
    for (const id of ids) await judging.score(id);
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser, 1280, 'light'));
    await becomeOwner(page, world);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")');
  const heading = (position: string) => page.getByText(position, { exact: true }).waitFor();

  test('from the list of disagreements the words that decided lead to their moment, and on to the next call', async () => {
    await page.goto(`${world.url}/disagreements`);
    await page
      .getByText(/^Not billable by rule unqualified/)
      .first()
      .waitFor();
    await expectFine({ page, complaints });
    await page.getByRole('link', { name: 'Go to 0:12' }).first().click();
    await heading('1 of 10');
    await page.getByText('$40.00 was billed, but by the scorecard the call is not billable.').waitFor();
    expect(await page.locator('[data-turn="3"].bg-accent-soft').count()).toBe(1);
    // the same words are quoted once
    const owns = page.getByRole('listitem').filter({ hasText: 'Does the caller own the home?' });
    expect(await owns.getByRole('button', { name: 'No, I rent.' }).count()).toBe(1);
    await page.keyboard.press('4');
    await page.locator('[data-turn="5"].bg-accent-soft').waitFor();
    await page.keyboard.press('j');
    await heading('2 of 10');
    await page
      .getByText(
        /no revenue was reported: about \$40\.00, by what Acme paid on average for \w+ calls? in the 30 days/,
      )
      .waitFor();
    await expectFine({ page, complaints });
    await page.keyboard.press('k');
    await heading('1 of 10');
  });

  test('all ten are done by the keyboard: an answer corrected, the rest confirmed, on to the next', async () => {
    for (const [at, id] of ids.entries()) {
      await heading(`${at + 1} of 10`);
      if (at === 0) {
        const correct = page.getByRole('button', { name: 'Correct Owns home' });
        await correct.focus();
        await page.keyboard.press('Enter');
        // who corrects a no means a yes
        expect(await page.evaluate('document.activeElement.value')).toBe('yes');
        await expectFine({ page, complaints });
        await page.keyboard.press('Escape');
        expect(await focused()).toBe('Correct Owns home');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        await page.keyboard.type('he rents out another');
        await page.keyboard.press('Enter');
        await page.getByText('Corrected by olivia@example.com: he rents out another.').waitFor();
        await page.getByText(/^Billable by rule qualified/).waitFor();
        expect(await focused()).toBe('Correct Owns home');
      }
      await page.keyboard.press('r');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Confirm all that is left' }).waitFor({ state: 'detached' });
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from review where call_id = ${id} and undone_at is null`.execute(world.db);
      expect(rows[0]!.n).toBeGreaterThan(5);
      await page.keyboard.press('j');
    }
    await expectFine({ page, complaints });
    await page.getByRole('link', { name: 'Disagreements', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Disagreements' }).waitFor();
  });

  test('on a phone a quote leads to its turn', async () => {
    await page.goto(`${world.url}/calls/${ids[2]}`);
    await page.setViewportSize({ width: 390, height: 800 });
    await page
      .getByRole('button', { name: /^Two hundred and ten/ })
      .first()
      .click();
    const turn = page.locator('[data-turn="5"].bg-accent-soft');
    await turn.waitFor();
    const box = (await turn.boundingBox())!;
    expect(box.y).toBeGreaterThan(0);
    expect(box.y + box.height).toBeLessThan(700);
  });
});
