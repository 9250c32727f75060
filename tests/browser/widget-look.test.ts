// SPDX-License-Identifier: Apache-2.0
// How the elements look, for people to see: build/screenshots; and that nothing is too wide.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NARROW, screenshot, WIDE } from './demo-page.js';
import { search, useWidgetPages } from './widget-page.js';

const widget = useWidgetPages();
const BODY = `<h1>Handbook</h1><mayfly-search></mayfly-search>
<p>How we work, where we work, and what to do when something breaks. Each guide is kept by the people who use it.</p>`;
const MODAL = `<header><mayfly-search-modal></mayfly-search-modal></header><h1>Handbook</h1><p>How we work.</p>`;
const SMALLEST = { viewport: { width: 320, height: 640 } };

for (const [name, options] of [
  ['wide', WIDE],
  ['narrow', NARROW],
  ['smallest', SMALLEST],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the box fits a ${name} window in the ${colorScheme} scheme`, async (t) => {
      const { page, problems } = await widget.open(t, BODY, { ...options, colorScheme });
      await screenshot(page, `widget-${name}-${colorScheme}-closed`);
      await page.getByRole('combobox').focus();
      await search(page, 'travel for a conference');
      await page.waitForTimeout(2500);
      await page.keyboard.press('ArrowDown');
      await screenshot(page, `widget-${name}-${colorScheme}`);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      assert.equal(sideways, false);
      assert.deepEqual(problems, []);
    });
    test(`the modal fits a ${name} window in the ${colorScheme} scheme`, async (t) => {
      const { page, problems } = await widget.open(t, MODAL, { ...options, colorScheme });
      await page.getByRole('button', { name: 'Search' }).click();
      await page.waitForTimeout(300);
      await screenshot(page, `widget-modal-${name}-${colorScheme}-start`);
      await search(page, 'time off for a new baby');
      await page.waitForTimeout(2500);
      await page.getByRole('button', { name: 'Why these results' }).click();
      await screenshot(page, `widget-modal-${name}-${colorScheme}`);
      assert.deepEqual(problems, []);
    });
  }
}
