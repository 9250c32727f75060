// SPDX-License-Identifier: Apache-2.0
// Searching in the demo while it reads: answers, coverage, pause, failures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  screenshot,
  showWellRead,
  understood,
  updateImages,
  useDemo,
  violations,
  waitForAnswer,
  waitUntilUnderstood,
  WIDE,
} from './demo-page.js';

const open = useDemo();

test('a question in own words finds the right page while the handbook is being read', async (t) => {
  const { page, problems, requests } = await open(t, WIDE);
  await waitUntilUnderstood(page, 0);
  const loaded = requests.length;
  await page.getByLabel('Question or words').fill('time off for a new baby');
  await waitForAnswer(page, 'parental-leave');
  const card = page.locator('.result').first();
  assert.match((await card.locator('.score').textContent()) ?? '', /^match \d\.\d\d$/);
  assert.ok(((await card.locator('.passage').textContent()) ?? '').length > 40);
  assert.match(
    (await page.locator('#summary').textContent()) ?? '',
    /^\d+ passages?, \d+ % of the handbook/,
  );
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
  await waitUntilUnderstood(page, 0);
  await page.getByLabel('Question or words').fill('screen reader for blind users');
  await page.waitForFunction(() => !document.querySelector<HTMLElement>('#answers')!.hidden);
  const texts = () => page.locator('#results').innerText();
  await page.waitForFunction(() => !document.querySelector<HTMLElement>('#better')!.hidden, null, {
    timeout: 120_000,
  });
  const before = await texts();
  const read = await understood(page);
  await waitUntilUnderstood(page, read + 32);
  assert.equal(await texts(), before);
  await page.getByRole('button', { name: 'Show better answers' }).click();
  assert.notEqual(await texts(), before);
  assert.equal(await page.locator('#better').isHidden(), true);
});

test('reading can be paused and resumed, and search works meanwhile', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilUnderstood(page, 0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('paused').waitFor();
  await page.getByLabel('Question or words').fill('vacation');
  await page.locator('#summary').getByText('understood so far').waitFor();
  const paused = await understood(page);
  await page.waitForTimeout(500);
  assert.equal(await understood(page), paused, 'it stands still');
  await page.getByRole('button', { name: 'Resume' }).click();
  await waitUntilUnderstood(page, paused);
});

test('an example is searched by a click, and a query without an answer says so', async (t) => {
  const { page, problems } = await open(t, WIDE);
  await waitUntilUnderstood(page, 0);
  await page.getByRole('button', { name: 'who pays for my train ticket?' }).click();
  await page.locator('#summary').getByText(/\d/).waitFor();
  assert.match(page.url(), /\?q=who/);
  await page.getByLabel('Question or words').fill('recipe for chocolate cake');
  await page.getByText(/comes near this/).waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('.result').count(), 0);
  await page.locator('#live').getByText('Nothing found').waitFor();
  assert.deepEqual(problems, []);
});

test('when the model cannot be loaded the page says why, and trying again works', async (t) => {
  const { page } = await open(t, WIDE, 'harness.html');
  await page.context().route('**/minilm.safetensors', (route) => route.fulfill({ status: 404 }));
  await page.goto(new URL('/', page.url()).href);
  await page.getByRole('alert').getByText('status 404').waitFor();
  await screenshot(page, 'demo-problem');
  await page.context().unroute('**/minilm.safetensors');
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitUntilUnderstood(page, 0);
  await page.getByRole('alert').waitFor({ state: 'hidden' });
});

test('an attempt to start that a newer one has replaced is no problem to show', async (t) => {
  const { page } = await open(t, WIDE);
  const retry = () => document.querySelector<HTMLButtonElement>('#retry')!.click();
  // Each ends the attempt before it, somewhere in its course.
  for (let i = 0; i < 5; ++i) {
    await page.waitForTimeout(200);
    await page.evaluate(retry);
  }
  await waitUntilUnderstood(page, 0);
  assert.ok(await page.getByRole('alert').isHidden());
});

test('a crash of the worker while reading is survived', async (t) => {
  const { page } = await open(t, WIDE);
  await waitUntilUnderstood(page, 0);
  const [worker] = page.workers();
  await worker!.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error('boom');
      }),
  );
  const read = await understood(page);
  await waitUntilUnderstood(page, read + 16);
  assert.ok(await page.getByRole('alert').isHidden());
});
