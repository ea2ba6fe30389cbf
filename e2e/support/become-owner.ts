import type { Page } from 'playwright-core';
import type { World } from '../../test/support/world.ts';

/** Opens the link that Aria printed at its start, creates the owner, and waits until he is in. */
export async function becomeOwner(page: Page, world: World): Promise<void> {
  await page.goto(/http\S+\/welcome\?token=\S+/.exec(world.said.join('\n'))![0]);
  await page.getByLabel('Your name').fill('Olivia Owner');
  await page.getByLabel('Email').fill('olivia@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: /create owner/i }).click();
  await page.getByRole('link', { name: 'Connections' }).first().waitFor();
}
