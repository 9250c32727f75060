// SPDX-License-Identifier: Apache-2.0
// A site that is marked for Pagefind means the same to both: one build, two boxes on one page.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { openPage } from '../browser/strict-site.js';
import { buildRecipe, serveBuilt } from './built-recipe.js';
import { RECIPES } from './recipes.js';

const recipe = RECIPES.find(({ name }) => name === 'beside-pagefind')!;
const box = 'mayfly-search';

let browser: Browser;
before(async () => void (browser = await launchChromium()));
after(() => browser.close());

interface Pagefind {
  search(query: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>;
  filters(): Promise<Record<string, Record<string, number>>>;
}

/** Addresses of Pagefind's results by its own script, and its filters. */
const askPagefind = (page: Page, query: string) =>
  page.evaluate(async (asked) => {
    const pagefind = (await import(
      new URL('pagefind/pagefind.js', location.href).href
    )) as Pagefind;
    const { results } = await pagefind.search(asked);
    const pages = await Promise.all(results.map((result) => result.data()));
    return { urls: pages.map(({ url }) => url), filters: await pagefind.filters() };
  }, query);

test('marks for Pagefind hold for both: content, what is left out, and filters', async (t) => {
  const site = await serveBuilt(t, await buildRecipe(recipe));
  const { page, close } = await openPage(browser, `${site}tools.html`);
  t.after(close);
  const input = page.locator(box).getByRole('combobox');
  await input.fill('shovels');
  const link = page.locator(box).locator('[part~=link]').first();
  await link.waitFor();
  assert.equal(new URL((await link.getAttribute('href'))!, site).pathname, '/tools.html');
  const theirs = await askPagefind(page, 'shovels');
  assert.deepEqual(theirs.urls, ['/tools.html']);
  assert.deepEqual(Object.keys(theirs.filters), ['subject']);
  assert.equal(await page.locator(box).locator('[part~=filter-name]').textContent(), 'subject');
  const values = await page.locator(box).locator('[part~=filter]').allTextContents();
  const names = values.map((value) => value.replace(/\W*\d+\W*$/, '')).sort();
  assert.deepEqual(names, Object.keys(theirs.filters['subject']!).sort());
  await page.locator('.pagefind-ui__search-input').fill('shovels');
  await page.locator('.pagefind-ui__result-link').first().waitFor();
});

test('what is marked to be ignored is in neither index', async (t) => {
  const folder = await buildRecipe(recipe);
  const { page, close } = await openPage(browser, `${await serveBuilt(t, folder)}tools.html`);
  t.after(close);
  assert.deepEqual((await askPagefind(page, 'recycled paper')).urls, []);
  const corpus = join(folder, 'mayfly/corpus');
  const texts = readdirSync(corpus)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(corpus, name), 'utf8'))
    .join('\n');
  assert.match(texts, /Shovels, rakes and forks/);
  assert.doesNotMatch(texts, /recycled/);
});
