// SPDX-License-Identifier: Apache-2.0
// What the elements load, find and tell, under a strict policy with Trusted Types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { WIDE } from './demo-page.js';
import { corpusFiles } from './widget-corpus.js';
import { search, useWidgetPages } from './widget-page.js';

const widget = useWidgetPages();
const BOX = '<mayfly-search></mayfly-search>';
const WORDS = '<mayfly-search corpus="/mayfly/corpus/words.json"></mayfly-search>';

/** Notes the elements' events in `window.told`. */
const LISTEN = `window.told = [];
for (const name of ['search', 'results', 'select', 'progress', 'error']) {
  addEventListener('mayfly-' + name, (event) => told.push([name, event.detail]));
}`;
type Told = [name: string, detail: Record<string, unknown>][];
const told = (page: Page) => page.evaluate(() => (window as unknown as { told: Told }).told);
/** As on a slow network: what is known before the models come can be seen. */
const delayModels = (page: Page) =>
  page.route('**/*.safetensors', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
const paths = (requests: readonly string[]) => requests.map((url) => new URL(url).pathname);

test('nothing but the script is requested before the first focus', async (t) => {
  const { page, requests, problems } = await widget.open(t, BOX + '<p>Text</p>');
  await page.waitForTimeout(300);
  await page.getByRole('combobox').hover();
  const before = paths(requests).filter((path) => path.startsWith('/mayfly/'));
  assert.deepEqual(before, ['/mayfly/widget.js']);
  assert.equal(page.workers().length, 0);
  await page.getByRole('combobox').focus();
  await page.waitForFunction(() => document.querySelector('mayfly-search'));
  await search(page, 'sick leave');
  const after = paths(requests);
  for (const file of ['index.js', 'worker.js', 'corpus.js', 'corpus/manifest.json']) {
    assert.ok(after.includes(`/mayfly/${file}`), file);
  }
  assert.deepEqual(problems, []);
});

test('no model is asked for before all text has come', async (t) => {
  const { page, problems } = await widget.open(t, BOX);
  const order: string[] = [];
  await page.route('**/passages-*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    order.push('text');
    await route.continue();
  });
  await page.route('**/*.safetensors', (route) => {
    order.push('model');
    return route.continue();
  });
  await search(page, 'sick leave');
  while (!order.includes('model')) await page.waitForTimeout(50);
  const first = order.indexOf('model');
  assert.ok(first > 0 && !order.slice(first).includes('text'), order.join(' '));
  assert.deepEqual(problems, []);
});

test('words answer before the models are there, and meaning improves the answer', async (t) => {
  const { page, problems } = await widget.open(t, BOX, { script: LISTEN });
  await delayModels(page);
  await page.getByRole('combobox').focus();
  await page.keyboard.type('sick leave');
  await page.waitForFunction(
    () =>
      (window as unknown as { told: Told }).told.some(
        ([name, { tier }]) => name === 'results' && tier === 'contextual',
      ),
    undefined,
    { timeout: 60_000 },
  );
  const events = await told(page);
  const tiers = events.filter(([name]) => name === 'results').map(([, { tier }]) => tier);
  assert.equal(tiers[0], 'lexical');
  const names = events.map(([name]) => name);
  assert.ok(names.indexOf('search') < names.indexOf('results'));
  const stages = events.filter(([name]) => name === 'progress').map(([, { stage }]) => stage);
  for (const stage of ['corpus', 'model', 'ready']) assert.ok(stages.includes(stage), stage);
  const title = await page.getByRole('option').first().textContent();
  assert.match(title ?? '', /sick leave/i);
  assert.deepEqual(problems, []);
});

test('results that were looked at stay until better ones are asked for', async (t) => {
  const { page } = await widget.open(t, BOX);
  await delayModels(page);
  await page.getByRole('combobox').focus();
  await search(page, 'travel for a conference');
  await page.keyboard.press('ArrowDown');
  const names = () => page.getByRole('option').evaluateAll((all) => all.map((one) => one.id));
  const before = await names();
  const top = () =>
    page
      .getByRole('option')
      .first()
      .evaluate((one) => one.getBoundingClientRect().top);
  const place = await top();
  const better = page.getByRole('button', { name: 'Show better results' });
  await better.waitFor({ timeout: 60_000 });
  assert.deepEqual((await names()).slice(0, before.length), before);
  assert.equal(await top(), place, 'the button moves nothing');
  await better.click();
  await better.waitFor({ state: 'hidden' });
  assert.ok(await page.getByRole('combobox').evaluate((input) => input.matches(':focus')));
});

test('headings of a page that were found stand beneath it, as links to their place', async (t) => {
  const { page } = await widget.open(t, WORDS);
  await page.getByRole('combobox').focus();
  await search(page, 'leave');
  const links = await page
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
  assert.equal(new Set(links).size, links.length, 'each place once');
  const groups = await page.getByRole('listbox').getByRole('group').count();
  assert.ok(groups > 1 && groups < links.length, `${groups} pages, ${links.length} places`);
  assert.ok(links.some((link) => new URL(link).hash.length > 1));
  assert.ok(links.every((link) => new URL(link).pathname.startsWith('/pages/')));
});

test('a click opens a result, with a modifier in a new tab, unless the page prevents it', async (t) => {
  const { page } = await widget.open(t, WORDS, { script: LISTEN });
  await page.getByRole('combobox').focus();
  await search(page, 'travel');
  const first = page.getByRole('option').first();
  const href = await first.evaluate((link) => (link as HTMLAnchorElement).href);
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    first.click({ modifiers: ['Control'] }),
  ]);
  await tab.waitForURL(href);
  assert.ok(await page.getByRole('listbox').isVisible(), 'the list is still there');
  const here = page.url();
  await page.evaluate(() =>
    document.addEventListener('mayfly-select', (event) => event.preventDefault(), { once: true }),
  );
  await first.click();
  assert.equal(page.url(), here);
  const selections = (await told(page)).filter(([name]) => name === 'select');
  assert.equal(selections.length, 2);
  assert.equal(selections[0]?.[1]['url'], href);
  assert.equal(selections[0]?.[1]['place'], 0);
  await page.getByRole('combobox').click();
  await first.click();
  await page.waitForURL(href);
});

test('filters narrow the results, and their counts are of pages', async (t) => {
  const { page } = await widget.open(t, WORDS);
  await page.getByRole('combobox').focus();
  await search(page, 'leave');
  const before = await page.getByRole('option').count();
  const filter = page.getByRole('group', { name: 'length' }).getByRole('button').last();
  const count = Number((await filter.textContent())?.match(/\d+$/)?.[0]);
  assert.ok(count > 0);
  await filter.click();
  assert.equal(await filter.getAttribute('aria-pressed'), 'true');
  assert.ok(await filter.evaluate((button) => button.matches(':focus')), 'the focus stays');
  await page.waitForFunction(
    (most) => {
      const root = document.querySelector('mayfly-search')!.shadowRoot!;
      return root.querySelectorAll('[role=option]').length !== most;
    },
    before,
    { timeout: 10_000 },
  );
});

test('why these results: words and scores of each', async (t) => {
  const { page } = await widget.open(t, WORDS);
  await page.getByRole('combobox').focus();
  await search(page, 'annual leave');
  const why = page.getByRole('button', { name: 'Why these results' });
  await why.click();
  assert.equal(await why.getAttribute('aria-pressed'), 'true');
  const first = (await page.getByRole('option').first().textContent()) ?? '';
  assert.match(first, /Words: .*leave.* · word score \d+\.\d/i);
});

test('a missing corpus is said, told and tried again', async (t) => {
  const { page } = await widget.open(
    t,
    '<mayfly-search corpus="/late/manifest.json"></mayfly-search>',
    {
      script: LISTEN,
    },
  );
  await page.getByRole('combobox').focus();
  await page.keyboard.type('leave');
  const retry = page.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  const [, detail] = (await told(page)).find(([name]) => name === 'error') ?? [];
  assert.equal(detail?.['code'], 'corpus-unavailable');
  assert.equal(detail?.['recovered'], false);
  const passage = {
    id: '1',
    title: 'Leave',
    text: 'A word on leave.',
    metadata: { page: '/', url: '/' },
  };
  const late = corpusFiles('manifest', [passage], { model: null, staticModel: null });
  for (const [path, text] of late) widget.site.write(`late/${path}`, text);
  await retry.click();
  await page.getByRole('option').first().waitFor();
});

test('a missing model leaves the words, and the page is told', async (t) => {
  const { page } = await widget.open(
    t,
    '<mayfly-search model="/none.json" static-model="none"></mayfly-search>',
    {
      script: LISTEN,
    },
  );
  await page.getByRole('combobox').focus();
  await search(page, 'leave');
  await page.getByText('Searching by words only').waitFor({ timeout: 20_000 });
  const [, detail] = (await told(page)).find(([name]) => name === 'error') ?? [];
  assert.equal(detail?.['code'], 'model-unavailable');
  assert.equal(detail?.['recovered'], true);
});

test('a visitor who saves data is spared the transformer', async (t) => {
  const script = `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`;
  const { page, requests } = await widget.open(t, BOX, { script });
  await page.getByRole('combobox').focus();
  await search(page, 'leave');
  await page.getByText('Everything understood').waitFor({ timeout: 20_000 });
  const models = paths(requests).filter((path) => path.includes('/models/'));
  assert.deepEqual(
    new Set(models),
    new Set(['/mayfly/models/minilm-static.json', '/mayfly/models/minilm-static.safetensors']),
  );
});

test('nothing found is said in words', async (t) => {
  const { page } = await widget.open(
    t,
    '<mayfly-search corpus="/mayfly/corpus/quick.json"></mayfly-search>',
  );
  await page.getByRole('combobox').focus();
  await page.keyboard.type('xqzvw zzkpt');
  await page.getByText('Nothing found for “xqzvw zzkpt”').first().waitFor({ timeout: 20_000 });
  assert.equal(await page.getByRole('combobox').getAttribute('aria-expanded'), 'false');
});

test('the query is in the address where the site wants it', async (t) => {
  const body =
    '<mayfly-search corpus="/mayfly/corpus/words.json" layout="page" url-param="q"></mayfly-search>';
  const { page } = await widget.open(t, body, { path: '?q=travel' });
  await page.getByRole('option').first().waitFor();
  assert.equal(await page.getByRole('combobox').inputValue(), 'travel');
  await search(page, 'sick leave');
  assert.equal(new URL(page.url()).searchParams.get('q'), 'sick leave');
});

test('boxes with the same settings share what was loaded, also when they are moved', async (t) => {
  const { page, requests } = await widget.open(t, `<header>${WORDS}</header>${WORDS}`);
  await page.getByRole('combobox').first().focus();
  await page.getByRole('combobox').first().fill('travel');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').last().fill('leave');
  await page.getByRole('option').first().waitFor();
  await page.evaluate(() => document.body.append(document.querySelector('header')!));
  await page.getByRole('combobox').last().fill('equipment');
  await page.getByRole('option').first().waitFor();
  assert.equal(paths(requests).filter((path) => path.endsWith('/words.json')).length, 1);
  assert.equal(page.workers().length, 1);
});

test('the modal hands on slots, a template and a link as trigger', async (t) => {
  const body = `<mayfly-search-modal corpus="/mayfly/corpus/words.json"><a slot="trigger" href="/search/">Find</a>
    <p slot="start">Ask <b>anything</b>.</p><template slot="result"><i data-text="title"></i></template>
    </mayfly-search-modal>`;
  const { page, problems } = await widget.open(t, body, { script: LISTEN });
  await page.getByRole('link', { name: 'Find' }).click();
  await page.getByRole('dialog').waitFor();
  assert.ok(await page.getByText('anything').isVisible());
  await search(page, 'travel');
  assert.equal(await page.getByText('anything').isVisible(), false);
  const option = page.getByRole('option').first();
  assert.equal(await option.evaluate((link) => link.querySelectorAll('i').length), 1);
  await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
  await option.click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.ok((await told(page)).some(([name]) => name === 'select'));
  assert.deepEqual(problems, []);
});

test('a form inside is the search without script, and gives its words to the box', async (t) => {
  const form = `<form action="/"><input name="q" placeholder="Find a guide" aria-label="Guides" value="travel"></form>`;
  const body = `<mayfly-search corpus="/mayfly/corpus/words.json">${form}</mayfly-search>`;
  const plain = await widget.open(t, body, { javaScriptEnabled: false });
  assert.ok(await plain.page.getByRole('textbox', { name: 'Guides' }).isVisible());
  const { page } = await widget.open(t, body);
  const box = page.getByRole('combobox', { name: 'Guides' });
  assert.equal(await box.getAttribute('placeholder'), 'Find a guide');
  assert.equal(await box.inputValue(), 'travel');
  await box.fill('leave for parents');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === 'leave for parents');
});

test("a template shows results the site's way, with values as text", async (t) => {
  const template = `<template slot="result"><a class="mine"><b data-text="title"></b>
    <i data-if="meta.author" data-text="meta.author"></i><em data-text="snippet"></em></a></template>`;
  const body = `<mayfly-search corpus="/mayfly/corpus/words.json">${template}</mayfly-search>`;
  const { page, problems } = await widget.open(t, body);
  await page.getByRole('combobox').focus();
  await search(page, 'travel');
  const option = page.getByRole('option').first();
  assert.ok(await option.evaluate((link) => link.matches('a.mine[href]')));
  assert.ok((await option.locator('b').textContent())?.length);
  assert.equal(await option.locator('i').count(), 0);
  assert.ok((await option.locator('em mark').count()) > 0);
  assert.deepEqual(problems, []);
});

/** Of processor time in the page's main thread, in milliseconds: the machine may have others to serve. */
function longTasks(trace: Buffer): number[] {
  interface TraceEvent {
    name: string;
    pid: number;
    tid: number;
    tdur?: number;
    args?: { name?: string };
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`),
  );
  assert.ok(tasks.length > 100, 'the trace has tasks');
  return tasks.map(({ tdur = 0 }) => tdur / 1000).sort((a, b) => b - a);
}

test('typing causes no task over 50 ms', async (t) => {
  const { page } = await widget.open(t, BOX, WIDE);
  await page.getByRole('combobox').focus();
  await search(page, 'leave');
  await page.waitForTimeout(3000);
  await page.getByRole('combobox').fill('');
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
  await page.keyboard.type('how much time off do new parents get and who pays', { delay: 60 });
  await page.waitForTimeout(1500);
  const tasks = longTasks(await browser.stopTracing());
  t.diagnostic(
    `longest tasks: ${tasks
      .slice(0, 5)
      .map((task) => task.toFixed(1))
      .join(', ')} ms`,
  );
  assert.deepEqual(
    tasks.filter((task) => task > 50),
    [],
  );
});
