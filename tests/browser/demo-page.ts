// SPDX-License-Identifier: Apache-2.0
// The demo in Chromium under the strict policy, and what its tests ask of it again and again.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, type TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { repositoryFile } from '../node/repository.js';
import { launchChromium } from './chromium.js';
import { openPage, serveSite, type Site, type WatchedPage } from './strict-site.js';

export const WIDE = { viewport: { width: 1280, height: 800 } };
export const NARROW = { viewport: { width: 360, height: 740 } };
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

export const updateImages = process.env['MAYFLY_UPDATE_IMAGES'] === '1';

/** For the README's picture: a good part of the handbook read, the best answers shown. */
export async function showWellRead(page: Page): Promise<void> {
  await waitUntilUnderstood(page, 800);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
}

/** Screenshots go to build/; with MAYFLY_UPDATE_IMAGES=1 the README's own is written too. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const image = await page.screenshot();
  const folder = repositoryFile('build/screenshots');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.png`, image);
  if (name === 'demo' && updateImages) {
    mkdirSync(repositoryFile('docs/images'), { recursive: true });
    writeFileSync(repositoryFile('docs/images/demo.png'), image);
  }
}

/** Passages that the page says it has understood: "812 of 2,981 passages", "All 2,981 passages". */
export const understood = (page: Page) =>
  page.evaluate(() => {
    const [shown = '0'] = /[\d,]+/.exec(document.querySelector('#status-text')!.textContent!) ?? [];
    return Number(shown.replace(',', ''));
  });

/** Until more than `count` passages are understood. */
export async function waitUntilUnderstood(page: Page, count: number): Promise<void> {
  while (!/understood/.test((await page.locator('#status-text').textContent()) ?? '')) {
    await page.waitForTimeout(50);
  }
  while ((await understood(page)) <= count) await page.waitForTimeout(50);
}

/** Waits until one of the first three results links to `address`, taking better answers. */
export async function waitForAnswer(page: Page, address: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const better = document.querySelector<HTMLButtonElement>('#better');
      if (better && !better.hidden) better.click();
      const links = [...document.querySelectorAll<HTMLAnchorElement>('#results a')].slice(0, 3);
      return links.some((link) => link.href.includes(wanted));
    },
    address,
    { timeout: 120_000, polling: 250 },
  );
}

export async function violations(page: Page): Promise<string[]> {
  // As an expression through the debugger: the page's policy allows no foreign scripts.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Run = { violations: { id: string; nodes: { html: string }[] }[] };
    const { axe } = window as unknown as { axe: { run(): Promise<Run> } };
    const { violations: found } = await axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** One browser and one site for the tests of a file; each test opens a fresh page. */
export function useDemo() {
  let browser: Browser;
  let site: Site;
  before(async () => {
    [browser, site] = await Promise.all([launchChromium(), serveSite()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  return async (
    t: TestContext,
    options: BrowserContextOptions = {},
    path = '',
  ): Promise<WatchedPage> => {
    const watched = await openPage(browser, site.url + path, options);
    t.after(() => watched.close());
    return watched;
  };
}
