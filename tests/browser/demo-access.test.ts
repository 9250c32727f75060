// SPDX-License-Identifier: Apache-2.0
// The demo for everyone: keyboard, narrow window, both colour schemes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  NARROW,
  screenshot,
  useDemo,
  violations,
  waitForAnswer,
  waitUntilUnderstood,
  WIDE,
} from './demo-page.js';

const open = useDemo();

test('everything can be done with the keyboard', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilUnderstood(page, 0);
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

test('it works in a narrow window without scrolling sideways', async (t) => {
  const { page, problems } = await open(t, NARROW);
  const sideways = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  assert.equal(await sideways(), false);
  await waitUntilUnderstood(page, 0);
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
    await waitUntilUnderstood(page, 0);
    assert.deepEqual(await violations(page), [], 'at the start');
    await page.getByLabel('Question or words').fill('who pays for my train ticket?');
    await page.locator('.result').first().waitFor({ timeout: 60_000 });
    assert.deepEqual(await violations(page), [], 'with results');
    await screenshot(page, `demo-${colorScheme}`);
    assert.deepEqual(problems, []);
  });
}
