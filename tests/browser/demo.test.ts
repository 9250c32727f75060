// SPDX-License-Identifier: Apache-2.0
// The demo as its visitors use it, in Chromium under the strict policy.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { repositoryFile } from '../node/repository.js';
import { launchChromium } from './chromium.js';
import { openPage, serveSite, type Site, type WatchedPage } from './strict-site.js';

const WIDE = { viewport: { width: 1280, height: 800 } };
const NARROW = { viewport: { width: 360, height: 740 } };
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

let browser: Browser;
let site: Site;
before(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
});
after(async () => {
  await browser.close();
  await site.close();
});

async function open(t: TestContext, options = {}, path = ''): Promise<WatchedPage> {
  const watched = await openPage(browser, site.url + path, options);
  t.after(() => watched.close());
  return watched;
}

const updateImages = process.env['MAYFLY_UPDATE_IMAGES'] === '1';

/** For the README's picture: a good part of the handbook read, the best answers shown. */
async function showWellRead(page: Page): Promise<void> {
  await page.waitForFunction(
    () => parseInt(document.querySelector('#status-text')!.textContent!.replace(',', ''), 10) > 800,
    null,
    { timeout: 250_000 },
  );
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
}

/** Screenshots go to build/; with MAYFLY_UPDATE_IMAGES=1 the README's own is written too. */
async function screenshot(page: Page, name: string): Promise<void> {
  const image = await page.screenshot();
  const folder = repositoryFile('build/screenshots');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.png`, image);
  if (name === 'demo' && updateImages) {
    mkdirSync(repositoryFile('docs/images'), { recursive: true });
    writeFileSync(repositoryFile('docs/images/demo.png'), image);
  }
}

const understood = (page: Page) =>
  page.evaluate(() =>
    parseInt(document.querySelector('#status-text')!.textContent!.replace(',', ''), 10),
  );

async function waitUntilReading(page: Page): Promise<void> {
  await page.waitForFunction(
    () => /^[1-9][\d,]* of/.test(document.querySelector('#status-text')?.textContent ?? ''),
    null,
    { timeout: 60_000 },
  );
}

/** Waits until one of the first three results links to `address`, taking better answers. */
async function waitForAnswer(page: Page, address: string): Promise<void> {
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

async function violations(page: Page): Promise<string[]> {
  // As an expression through the debugger: the page's policy allows no foreign scripts.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Run = { violations: { id: string; nodes: { html: string }[] }[] };
    const { axe } = window as unknown as { axe: { run(): Promise<Run> } };
    const { violations: found } = await axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

test('a question in own words finds the right page while the handbook is being read', async (t) => {
  const { page, problems, requests } = await open(t, WIDE);
  await waitUntilReading(page);
  const loaded = requests.length;
  await page.getByLabel('Question or words').fill('time off for a new baby');
  await waitForAnswer(page, 'parental-leave');
  const card = page.locator('.result').first();
  assert.match((await card.locator('.score').textContent()) ?? '', /^match 0\.\d\d$/);
  assert.ok(((await card.locator('.passage').textContent()) ?? '').length > 40);
  assert.match((await page.locator('#summary').textContent()) ?? '', /^\d+ passages?, from the/);
  for (const figure of ['#figure-load', '#figure-rate', '#figure-search']) {
    assert.match((await page.locator(figure).textContent()) ?? '', /\d/, figure);
  }
  assert.ok((await understood(page)) < 2900, 'and not all of it had been read');
  if (updateImages) await showWellRead(page);
  await screenshot(page, 'demo');
  // The browser fetches a page's icon when it likes.
  const later = requests.slice(loaded).filter((url) => !url.endsWith('/favicon.svg'));
  assert.deepEqual(later, [], 'nothing was requested after loading');
  assert.deepEqual(problems, []);
});

test('a result opens the handbook page at the heading', async (t) => {
  const { page, problems } = await open(t, WIDE, '?q=My%20laptop%20was%20stolen');
  await waitForAnswer(page, 'equipment/#other');
  const link = page.locator('#results a[href*="equipment/#other"]').first();
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await opened.waitForLoadState();
  assert.match(opened.url(), /pages\/getting-started\/equipment\/#other$/);
  const target = await opened.evaluate(() => document.querySelector(':target')?.tagName);
  assert.match(target ?? '', /^H[2-6]$/);
  assert.deepEqual(await violations(opened), []);
  await screenshot(opened, 'handbook-page');
  assert.deepEqual(problems, []);
});

test('answers do not change under a reader: better ones are offered', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilReading(page);
  await page.getByLabel('Question or words').fill('screen reader for blind users');
  await page.waitForFunction(() => !document.querySelector<HTMLElement>('#answers')!.hidden);
  const texts = () => page.locator('#results').innerText();
  await page.waitForFunction(() => !document.querySelector<HTMLElement>('#better')!.hidden, null, {
    timeout: 60_000,
  });
  const before = await texts();
  const read = await understood(page);
  await page.waitForFunction(
    (count) => parseInt(document.querySelector('#status-text')!.textContent!, 10) > count + 32,
    read,
    { timeout: 60_000 },
  );
  assert.equal(await texts(), before);
  await page.getByRole('button', { name: 'Show better answers' }).click();
  assert.notEqual(await texts(), before);
  assert.equal(await page.locator('#better').isHidden(), true);
});

test('reading can be paused and resumed, and search works meanwhile', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilReading(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('paused').waitFor();
  await page.getByLabel('Question or words').fill('vacation');
  await page.locator('#summary').getByText('understood so far').waitFor();
  const paused = await understood(page);
  await page.waitForTimeout(500);
  assert.equal(await understood(page), paused, 'it stands still');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.waitForFunction(
    (count) => parseInt(document.querySelector('#status-text')!.textContent!, 10) > count,
    paused,
    { timeout: 60_000 },
  );
});

test('everything can be done with the keyboard', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilReading(page);
  const focused = () =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
  await page.keyboard.press('/');
  assert.equal(await focused(), 'query');
  await page.keyboard.type('giving/receiving feedback');
  await waitForAnswer(page, 'feedback');
  await page.waitForFunction(() => document.querySelectorAll('#results a').length > 2);
  await page.keyboard.press('ArrowDown');
  const first = page.locator('#results a').first();
  assert.ok(await first.evaluate((link) => link === document.activeElement));
  const outline = await first.evaluate((link) => getComputedStyle(link, '::after').outlineStyle);
  assert.equal(outline, 'solid', 'the focus is visible');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.ok(await first.evaluate((link) => link === document.activeElement));
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.keyboard.press('Enter'),
  ]);
  await opened.close();
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'query');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByLabel('Question or words').inputValue(), '');
  assert.ok(await page.locator('#examples').isVisible());
  // The tab order: skip link, input, pause, examples.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const stops: string[] = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Tab');
    stops.push(String(await focused()));
  }
  assert.deepEqual(stops, ['pause', 'BUTTON', 'BUTTON', 'BUTTON']);
});

test('an example is searched by a click, and a query without an answer says so', async (t) => {
  const { page, problems } = await open(t, WIDE);
  await waitUntilReading(page);
  await page.getByRole('button', { name: 'who pays for my train ticket?' }).click();
  await page.locator('#summary').getByText(/\d/).waitFor();
  assert.match(page.url(), /\?q=who/);
  await page.getByLabel('Question or words').fill('recipe for chocolate cake');
  await page.getByText(/comes near this/).waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('.result').count(), 0);
  await page.locator('#live').getByText('Nothing found').waitFor();
  assert.deepEqual(problems, []);
});

test('it works in a narrow window without scrolling sideways', async (t) => {
  const { page, problems } = await open(t, NARROW);
  const sideways = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  assert.equal(await sideways(), false);
  await waitUntilReading(page);
  await screenshot(page, 'demo-narrow-start');
  await page.getByLabel('Question or words').fill('time off for a new baby');
  await waitForAnswer(page, 'parental-leave');
  assert.equal(await sideways(), false);
  await screenshot(page, 'demo-narrow');
  assert.deepEqual(problems, []);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds no violation in the ${colorScheme} scheme`, async (t) => {
    const { page, problems } = await open(t, { ...WIDE, colorScheme });
    await waitUntilReading(page);
    assert.deepEqual(await violations(page), [], 'at the start');
    await page.getByLabel('Question or words').fill('who pays for my train ticket?');
    await page.locator('.result').first().waitFor({ timeout: 60_000 });
    assert.deepEqual(await violations(page), [], 'with results');
    await screenshot(page, `demo-${colorScheme}`);
    assert.deepEqual(problems, []);
  });
}

test('when the model cannot be loaded the page says why, and trying again works', async (t) => {
  const watched = await openPage(browser, `${site.url}harness.html`, WIDE);
  t.after(() => watched.close());
  const { page } = watched;
  await page.context().route('**/minilm.json', (route) => route.fulfill({ status: 404 }));
  await page.goto(site.url);
  await page.getByRole('alert').getByText('status 404').waitFor();
  await screenshot(page, 'demo-problem');
  await page.context().unroute('**/minilm.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitUntilReading(page);
  assert.ok(await page.getByRole('alert').isHidden());
});

test('a crash of the worker while reading is survived', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilReading(page);
  const [worker] = page.workers();
  await worker!.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error('boom');
      }),
  );
  const read = await understood(page);
  await page.waitForFunction(
    (count) => parseInt(document.querySelector('#status-text')!.textContent!, 10) > count + 16,
    read,
    { timeout: 120_000 },
  );
  assert.ok(await page.getByRole('alert').isHidden());
});
