// SPDX-License-Identifier: Apache-2.0
// The elements for everyone: keyboard, screen reader, both schemes, right to left, input methods.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { screenshot, violations, WIDE } from './demo-page.js';
import { search, useWidgetPages } from './widget-page.js';

const widget = useWidgetPages();
const CORPUS = 'corpus="/mayfly/corpus/words.json"';
const BODY = `<main><h1>Site</h1><button id="before">Before</button>
<mayfly-search ${CORPUS}></mayfly-search><button id="after">After</button></main>`;
const MODAL = `<main><h1>Site</h1><button id="before">Before</button>
<mayfly-search-modal ${CORPUS}></mayfly-search-modal><button id="after">After</button></main>`;

/** What has the focus, through shadow trees: an id, a part or a class. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.id || at?.getAttribute('part') || at?.tagName;
  });
const active = (page: Page) => page.getByRole('combobox').getAttribute('aria-activedescendant');

test('a combobox by the pattern: arrows, no option at first, Enter, Escape', async (t) => {
  const { page } = await widget.open(t, BODY);
  await page.keyboard.press('/');
  assert.equal(await focused(page), 'input');
  const input = page.getByRole('combobox');
  assert.equal(await input.getAttribute('aria-expanded'), 'false');
  await page.keyboard.type('leave');
  await page.getByRole('option').first().waitFor();
  assert.equal(await input.getAttribute('aria-expanded'), 'true');
  assert.equal(await active(page), null, 'none is selected beforehand');
  const ids = await page.getByRole('option').evaluateAll((all) => all.map((one) => one.id));
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(page), ids[0]);
  assert.equal(await page.getByRole('option', { selected: true }).count(), 1);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(page), null);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(page), ids.at(-1));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(page), ids[1]);
  assert.equal(await focused(page), 'input', 'the focus has not moved');
  await page.keyboard.press('Escape');
  assert.equal(await input.getAttribute('aria-expanded'), 'false');
  assert.equal(await input.inputValue(), 'leave');
  await page.keyboard.press('Escape');
  assert.equal(await input.inputValue(), '');
  await page.keyboard.type('leave');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  const href = await page
    .getByRole('option')
    .first()
    .evaluate((a) => (a as HTMLAnchorElement).href);
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.keyboard.press('Control+Enter'),
  ]);
  await tab.waitForURL(href);
  await page.keyboard.press('Enter');
  await page.waitForURL(href);
});

test('the tab order is the order of reading, and leaving closes the panel', async (t) => {
  const { page } = await widget.open(t, BODY);
  await page.locator('#before').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('leave');
  await page.getByRole('option').first().waitFor();
  const stops = [];
  while (stops.at(-1) !== 'after' && stops.length < 20) {
    stops.push(await focused(page));
    if (stops.at(-1) !== 'after') await page.keyboard.press('Tab');
  }
  assert.deepEqual(stops.slice(0, 2), ['input', 'clear']);
  assert.ok(
    stops.some((stop) => stop?.startsWith('f0-')),
    'filters',
  );
  assert.deepEqual(stops.slice(-2), ['why', 'after']);
  assert.ok(await page.getByRole('listbox').isHidden());
});

test('shortcuts leave fields and prevented keys alone', async (t) => {
  const { page } = await widget.open(t, `<input id="other">${BODY}`);
  await page.locator('#other').focus();
  await page.keyboard.type('a/b');
  assert.equal(await page.locator('#other').inputValue(), 'a/b');
  await page.keyboard.press('Control+k');
  assert.equal(await focused(page), 'input');
});

test('the modal opens by key and button, keeps the focus in, and gives it back', async (t) => {
  const { page } = await widget.open(t, MODAL);
  await page.locator('#before').focus();
  await page.keyboard.press('Control+k');
  assert.equal(await focused(page), 'input');
  assert.ok(await page.getByRole('dialog', { name: 'Search' }).isVisible());
  await page.keyboard.type('leave');
  await page.getByRole('option').first().waitFor();
  for (let i = 0; i < 15; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    assert.ok(stop !== 'after' && stop !== 'before', 'behind the dialog');
  }
  await page.getByRole('combobox').focus();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'before');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'trigger');
});

test('results are announced, once, after a pause', async (t) => {
  const { page } = await widget.open(t, BODY);
  await page.getByRole('combobox').focus();
  await page.evaluate(() => {
    const live = document.querySelector('mayfly-search')!.shadowRoot!.querySelector('.unseen')!;
    const said: string[] = ((window as unknown as { said: string[] }).said = []);
    new MutationObserver(() => said.push(live.textContent ?? '')).observe(live, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await page.keyboard.type('sick leave', { delay: 30 });
  await page.waitForTimeout(2000);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /^\d+ results?$/);
});

test('what an input method composes is no query until it is done', async (t) => {
  const script = `window.queries = [];
    addEventListener('mayfly-search', ({ detail }) => queries.push(detail.query));`;
  const { page } = await widget.open(t, BODY, { script });
  await page.getByRole('combobox').focus();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'lea', selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(200);
  const queries = () => page.evaluate(() => (window as unknown as { queries: string[] }).queries);
  assert.deepEqual(await queries(), []);
  await cdp.send('Input.insertText', { text: 'leave' });
  await page.getByRole('option').first().waitFor();
  assert.deepEqual(await queries(), ['leave']);
});

test('languages: words, plurals and direction of the page', async (t) => {
  const { page } = await widget.open(t, BODY, { lang: 'ar', dir: 'rtl', ...WIDE });
  await page.getByRole('combobox', { name: 'بحث' }).focus();
  await search(page, 'leave');
  await page.waitForTimeout(300);
  await screenshot(page, 'widget-rtl');
  const sides = await page.evaluate(() => {
    const root = document.querySelector('mayfly-search')!.shadowRoot!;
    const right = (query: string) => root.querySelector(query)!.getBoundingClientRect().right;
    return [right('.field'), right('.panel'), right('.icon') > right('input') ? 1 : 0];
  });
  assert.equal(sides[0], sides[1]);
  assert.equal(sides[2], 1, 'the icon stands before the text');
  const { page: german } = await widget.open(t, BODY, { lang: 'de-AT' });
  await german.getByRole('combobox', { name: 'Suche' }).waitFor();
  await german.evaluate(() => document.querySelector('mayfly-search')!.setAttribute('lang', 'ja'));
  await german.getByRole('combobox', { name: '検索' }).waitFor();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, body] of [
    ['box', BODY],
    ['modal', MODAL],
  ] as const) {
    test(`axe finds no violation in the ${name} in the ${colorScheme} scheme`, async (t) => {
      const { page, problems } = await widget.open(t, body, { ...WIDE, colorScheme });
      assert.deepEqual(await violations(page), [], 'closed');
      await page.keyboard.press('Control+k');
      await search(page, 'sick leave');
      await page.getByRole('button', { name: 'Why these results' }).click();
      await page.getByRole('group', { name: 'length' }).getByRole('button').first().click();
      await page.getByRole('combobox').focus();
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(300);
      assert.deepEqual(await violations(page), [], 'with results');
      await page.getByRole('combobox').fill('xqzvw');
      await page.getByText('Nothing found').first().waitFor();
      assert.deepEqual(await violations(page), [], 'with nothing found');
      assert.deepEqual(problems, []);
    });
  }
}

test("the theme attribute wins over the visitor's scheme", async (t) => {
  const { page } = await widget.open(t, `<mayfly-search theme="dark" ${CORPUS}></mayfly-search>`, {
    colorScheme: 'light',
  });
  const paper = () =>
    page.evaluate(() => {
      const field = document.querySelector('mayfly-search')!.shadowRoot!.querySelector('.field')!;
      return getComputedStyle(field).backgroundColor;
    });
  assert.equal(await paper(), 'rgb(26, 29, 33)');
  await page.evaluate(() =>
    document.querySelector('mayfly-search')!.setAttribute('theme', 'light'),
  );
  assert.equal(await paper(), 'rgb(255, 255, 255)');
});

test('high contrast and reduced motion are respected', async (t) => {
  const { page } = await widget.open(t, BODY, { forcedColors: 'active', reducedMotion: 'reduce' });
  await page.getByRole('combobox').focus();
  await search(page, 'leave');
  await page.keyboard.press('ArrowDown');
  const [outline, animation] = await page.evaluate(() => {
    const root = document.querySelector('mayfly-search')!.shadowRoot!;
    const style = (query: string) => getComputedStyle(root.querySelector(query)!);
    return [style('[aria-selected=true]').outlineStyle, style('.panel').animationName];
  });
  assert.equal(outline, 'solid');
  assert.equal(animation, 'none');
  await screenshot(page, 'widget-contrast');
});
