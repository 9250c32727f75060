// SPDX-License-Identifier: Apache-2.0
// `<mayfly-search shared>`: what one page of a visit has loaded and read is there on the next one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { useWidgetPages } from './widget-page.js';

const widget = useWidgetPages();
const BOX = '<mayfly-search shared></mayfly-search>';

/** Notes the elements' events in `window.told`. */
const LISTEN = `window.told = [];
for (const name of ['results', 'progress', 'error']) {
  addEventListener('mayfly-' + name, (event) => told.push([name, event.detail]));
}`;
type Told = [name: string, detail: Record<string, unknown>][];
declare const window: Window & { told: Told };

/** Asks, and waits until the transformer has read every passage. Returns what was told. */
async function readAll(page: Page, query: string): Promise<Told> {
  await page.getByRole('combobox').focus();
  await page.keyboard.type(query);
  await page.waitForFunction(
    () =>
      window.told.some(
        ([name, { tier, coverage }]) =>
          name === 'results' && tier === 'contextual' && coverage === 1,
      ),
    undefined,
    { timeout: 60_000 },
  );
  assert.match((await page.getByRole('option').first().textContent()) ?? '', /sick leave/i);
  return page.evaluate(() => window.told);
}

const modelsIn = (requests: readonly string[]) =>
  requests.filter((url) => url.endsWith('.safetensors')).length;
const errors = (events: Told) => events.filter(([name]) => name === 'error');
/** Workers of the page itself. */
const ownWorkers = (page: Page) => page.workers().length;

test('a second tab finds models and vectors of the first', async (t) => {
  const { page, requests, problems } = await widget.open(t, BOX, { script: LISTEN });
  assert.deepEqual(errors(await readAll(page, 'sick leave')), []);
  assert.equal(modelsIn(requests), 2, 'the first page brings both models');
  assert.equal(ownWorkers(page), 0);

  const second = await page.context().newPage();
  await second.goto(page.url());
  const events = await readAll(second, 'sick leave');
  assert.deepEqual(errors(events), []);
  assert.equal(modelsIn(requests), 2, 'the second brings none');
  assert.ok(!events.some(([, { stage }]) => stage === 'model'));
  const results = events.filter(([name]) => name === 'results');
  const contextual = results.find(([, { tier }]) => tier === 'contextual');
  assert.equal(contextual?.[1]['coverage'], 1, 'what was read once is known at once');
  await page.close();
  await second.getByRole('combobox').fill('travel for a conference');
  await second
    .getByText(/travel/i)
    .first()
    .waitFor();
  assert.deepEqual(problems, []);
});

test('the next page of the same tab finds them, too', async (t) => {
  const { page, requests, problems } = await widget.open(t, BOX, { script: LISTEN });
  await readAll(page, 'sick leave');
  await page.goto(`${page.url()}?next`);
  const events = await readAll(page, 'sick leave');
  assert.equal(modelsIn(requests), 2, 'the next page brings none');
  assert.deepEqual(errors(events), []);
  assert.deepEqual(problems, []);
});

test('a page that goes while it reads leaves the next one something that works', async (t) => {
  const { page, problems } = await widget.open(t, BOX, { script: LISTEN });
  await page.getByRole('combobox').focus();
  await page.keyboard.type('sick');
  await page.getByRole('option').first().waitFor();
  await page.goto(`${page.url()}?next`);
  assert.deepEqual(errors(await readAll(page, 'sick leave')), []);
  assert.deepEqual(problems, []);
});

test('where there is no shared worker the page has one of its own', async (t) => {
  const script = `${LISTEN} delete window.SharedWorker;`;
  const { page, problems } = await widget.open(t, BOX, { script });
  assert.deepEqual(errors(await readAll(page, 'sick leave')), []);
  assert.ok(ownWorkers(page) > 0);
  assert.deepEqual(problems, []);
});

test('without the attribute nothing of it is loaded', async (t) => {
  const { page, requests } = await widget.open(t, '<mayfly-search></mayfly-search>', {
    script: LISTEN,
  });
  await readAll(page, 'sick leave');
  assert.ok(!requests.some((url) => url.includes('/shared-')));
  assert.ok(ownWorkers(page) > 0);
});
