import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium (package chromium), or null where none is installed. */
export const chromiumPath = candidates.find((path) => existsSync(path)) ?? null;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

export type WatchedPage = { page: Page; complaints: string[] };

/** A page that notes what the browser complains about: script errors, blocked resources, failed requests. */
export async function openPage(
  browser: Browser,
  width: number,
  colorScheme: 'light' | 'dark',
): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // asking who is signed in before signing in is answered 401, which is right
    if (/401/.test(message.text()) && /\/v1\/session/.test(message.location().url)) return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // before any script of the page, so that its Content-Security-Policy stays in force
  await page.addInitScript({ content: axeSource });
  return { page, complaints };
}

/** Accessibility faults by axe: rule and the elements that break it. */
export async function findFaults(page: Page): Promise<string[]> {
  // colours are judged at rest; what turns for ever has no end to jump to
  await page.evaluate(`document.getAnimations().forEach((animation) => {
    if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
  })`);
  const result = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  const { violations } = result as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
}
