// SPDX-License-Identifier: Apache-2.0
// The playground. What it must show comes from elsewhere: BERT's published vocabulary, and cosines of the
// fp32 model (README). Times are shown, not held.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { NARROW, screenshot, useDemo, violations, WIDE } from './demo-page.js';

const open = useDemo();

/** Until the transformer's explanations and the last timing are there. */
async function waitUntilShown(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('#status-text')!.textContent === 'All models are loaded.' &&
      document.querySelectorAll('#explanation-list details').length > 0 &&
      !document.querySelector('#timing-table')!.textContent!.includes('…'),
    undefined,
    { timeout: 120_000, polling: 100 },
  );
}

const matrix = (page: Page) =>
  page
    .locator('#matrix tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
    );

test('sentences are shown as tokens, cosines, times and reasons', async (t) => {
  const { page, problems } = await open(t, WIDE, 'playground/');
  await waitUntilShown(page);
  const ids = await page.locator('.tokens').first().locator('small').allTextContents();
  assert.deepEqual(ids.map(Number), [101, 1996, 4937, 2938, 2006, 1996, 13523, 102]);

  const cosines = await matrix(page);
  const fp32 = [0.627, 0.031, -0.023];
  assert.equal(cosines.length, 4);
  fp32.forEach((expected, i) => {
    const shown = cosines[0]![i + 1]!;
    assert.ok(Math.abs(shown - expected) < 0.02, `${shown}, fp32 says ${expected}`);
    assert.equal(cosines[i + 1]![0], shown, 'the same in both directions');
  });
  assert.deepEqual(
    cosines.map((row, i) => row[i]),
    [1, 1, 1, 1],
  );
  assert.match((await page.locator('#nearest').textContent())!, /^Nearest: 1 and 2, 0\.6/);

  await page.getByLabel('the static model').check();
  assert.notDeepEqual(await matrix(page), cosines, 'another model, other vectors');

  const times = await page.locator('#timing-table tbody tr').allTextContents();
  assert.equal(times.length, 3);
  assert.match(times[0]!, /^Wordsnone needed[\d.]+ ms$/);
  for (const line of times.slice(1)) assert.match(line, /^[A-Z][a-z ]+[\d.]+ ms[\d.]+ ms$/);

  const found = page.locator('#explanation-list details');
  assert.match((await found.first().locator('summary').textContent())!, /kitten|cat/);
  const reasons = (await found.first().textContent())!;
  assert.match(reasons, /Cosine by the transformer0\.[3-9]/);
  assert.match(reasons, /Each token of the question/);
  assert.deepEqual(problems, []);
});

test('what is typed replaces what was shown, also while that is being made', async (t) => {
  const { page, problems } = await open(t, WIDE, 'playground/');
  await page.getByLabel('Sentences').fill('Er isst einen Apfel\n\n  naïve café  \n');
  await page.getByRole('searchbox').fill('fruit');
  await waitUntilShown(page);
  await page.waitForFunction(() => document.querySelectorAll('#matrix tbody tr').length === 2);
  const texts = await page.locator('#token-list > li > span:first-child').allTextContents();
  assert.deepEqual(texts, ['Er isst einen Apfel', 'naïve café']);
  await page.getByLabel('Sentences').fill('x\n'.repeat(30));
  await page.getByText('the last 6 are not read').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('#matrix tbody tr').length === 24);
  await page.getByLabel('Sentences').fill('');
  await page.locator('#tokens').waitFor({ state: 'hidden' });
  assert.ok(await page.locator('#similarity').isHidden());
  assert.ok(await page.locator('#problem').isHidden());
  assert.deepEqual(problems, []);
});

test('a model that is not there is said with its code, and can be asked for again', async (t) => {
  const { page } = await open(t, WIDE);
  const model = '**/minilm.json';
  await page.route(model, (route) => route.fulfill({ status: 404, body: 'no' }));
  await page.goto(`${page.url()}playground/`);
  await page.locator('#problem').waitFor();
  assert.equal(await page.locator('#problem-code').textContent(), 'model-unavailable');
  assert.deepEqual(await violations(page), []);
  await page.unroute(model);
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitUntilShown(page);
  assert.ok(await page.locator('#problem').isHidden());
});

test('the keyboard reaches every part, in the order of the page', async (t) => {
  const { page } = await open(t, WIDE, 'playground/');
  await waitUntilShown(page);
  await page.getByRole('searchbox').focus();
  const stops: string[] = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Tab');
    stops.push(
      await page.evaluate(() => {
        const { tagName, id, className } = document.activeElement!;
        return id || className || tagName.toLowerCase();
      }),
    );
  }
  assert.deepEqual(stops, ['input', 'scroll', 'again', 'scroll', 'summary']);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('details[open]').count(), 0, 'Enter closes the open one');
});

for (const [name, options] of [
  ['light', { ...WIDE, colorScheme: 'light' }],
  ['dark', { ...WIDE, colorScheme: 'dark' }],
  ['narrow', { ...NARROW, colorScheme: 'light' }],
] as const) {
  test(`axe finds no violation on the ${name} playground, and nothing is cut off`, async (t) => {
    const { page, problems } = await open(t, options, 'playground/');
    await waitUntilShown(page);
    assert.deepEqual(await violations(page), []);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(sideways, false);
    await screenshot(page, `playground-${name}`);
    await page.locator('#similarity').scrollIntoViewIfNeeded();
    await page.evaluate(() => document.querySelector('#similarity')!.scrollIntoView());
    await screenshot(page, `playground-${name}-similarity`);
    await page.evaluate(() => document.querySelector('#explanations')!.scrollIntoView());
    await screenshot(page, `playground-${name}-explanations`);
    assert.deepEqual(problems, []);
  });
}
