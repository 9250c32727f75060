// SPDX-License-Identifier: Apache-2.0
// The elements over what `mayfly site` wrote of the whole handbook: demo/widget. Times are told, not held.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {} from '../../web/widget/events.js';
import { NARROW, screenshot, useDemo, violations, WIDE } from './demo-page.js';

const open = useDemo();

/** Notes when what happened, in milliseconds after the first focus. */
const WATCH = () => {
  const seen: Record<string, number> = {};
  let start = 0;
  Object.assign(window, { seen });
  const note = (name: string) => (seen[name] ??= Math.round(performance.now() - start));
  addEventListener('focusin', () => (start ||= performance.now()), { capture: true });
  addEventListener('mayfly-results', (event) => {
    const { tier, results, coverage } = event.detail;
    if (results.length > 0) note(tier);
    if (tier === 'static' && coverage === 1) note('static, all of the site');
  });
  addEventListener('mayfly-progress', (event) => {
    const { stage, loaded, total } = event.detail;
    if (stage === 'corpus') note(loaded === total ? 'all text' : 'first text');
  });
};

test('a question finds its page, from the first focus on', async (t) => {
  const { page, problems } = await open(t, WIDE, 'widget/');
  await page.evaluate(WATCH);
  await page.getByRole('combobox').focus();
  await page.keyboard.type('time off for a new baby', { delay: 20 });
  await page.waitForFunction(
    () => {
      const root = document.querySelector('mayfly-search')!.shadowRoot!;
      root.querySelector<HTMLElement>('.better:not([hidden])')?.click();
      const links = [...root.querySelectorAll<HTMLAnchorElement>('.main')].slice(0, 3);
      return links.some((link) => link.href.includes('parental-leave'));
    },
    undefined,
    { timeout: 120_000, polling: 250 },
  );
  t.diagnostic(JSON.stringify(await page.evaluate(() => (window as { seen?: object }).seen)));
  await screenshot(page, 'widget-demo');
  assert.deepEqual(problems, []);
});

for (const [name, options] of [
  ['wide', { ...WIDE, colorScheme: 'dark' }],
  ['narrow', NARROW],
] as const) {
  test(`the dialog on the demo's page in a ${name} window, without a violation`, async (t) => {
    const { page, problems } = await open(t, options, 'widget/');
    await screenshot(page, `widget-demo-${name}-start`);
    assert.deepEqual(await violations(page), []);
    await page.getByRole('link', { name: 'Search' }).click();
    await page.keyboard.type('who pays for my train ticket');
    await page.getByRole('option').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2000);
    await screenshot(page, `widget-demo-${name}`);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(problems, []);
  });
}
