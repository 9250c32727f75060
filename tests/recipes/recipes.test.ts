// SPDX-License-Identifier: Apache-2.0
// Each recipe is built by its own command, opened in Chromium and searched there, and the result is followed.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { openPage } from '../browser/strict-site.js';
import { buildRecipe, serveBuilt } from './built-recipe.js';
import { RECIPES, type Recipe } from './recipes.js';

/** The page has these words under a heading: shovels, rakes and forks hang inside the door. */
const QUESTION = 'borrowing rakes';

let browser: Browser;
before(async () => void (browser = await launchChromium()));
after(() => browser.close());

async function openBuilt(t: TestContext, recipe: Recipe, page = '') {
  const site = await serveBuilt(t, await buildRecipe(recipe));
  const watched = await openPage(browser, site + page);
  t.after(() => watched.close());
  return { site, ...watched };
}

async function type(page: Page, { element }: Recipe, query: string): Promise<void> {
  if (element === 'mayfly-search-modal') {
    await page.locator(element).getByRole('button', { name: 'Search' }).click();
  }
  await page.locator(element).getByRole('combobox').fill(query);
}

/** Waits until the first result is this page, taking better results as they are offered. */
async function firstResult(page: Page, { element }: Recipe, address: string) {
  await page.waitForFunction(
    ([name, wanted]) => {
      const outer = document.querySelector(name)?.shadowRoot;
      const root = outer?.querySelector('mayfly-search')?.shadowRoot ?? outer;
      root?.querySelector<HTMLElement>('[part~=better]:not([hidden])')?.click();
      const link = root?.querySelector<HTMLAnchorElement>('[part~=link]');
      return link?.href.split('#')[0] === wanted;
    },
    [element, address] as const,
    { timeout: 20_000, polling: 200 },
  );
  return page.locator(element).locator('[part~=link]').first();
}

for (const recipe of RECIPES) {
  test(`${recipe.name}: its own build makes a site whose search leads to the answer`, async (t) => {
    const { site, page, problems, requests } = await openBuilt(t, recipe);
    await page.locator(recipe.element).waitFor();
    const early = requests.filter((url) => url.startsWith(`${site}mayfly/`));
    assert.deepEqual(early, [`${site}mayfly/widget.js`], 'nothing else before the first focus');
    await type(page, recipe, QUESTION);
    await (await firstResult(page, recipe, site + recipe.answer)).click();
    await page.waitForURL((url) => url.href.startsWith(site + recipe.answer));
    assert.match((await page.locator('h1').first().textContent()) ?? '', /^The shed/);
    assert.deepEqual(problems, []);
  });
}
