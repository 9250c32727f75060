// SPDX-License-Identifier: Apache-2.0
// What of the widget needs no browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseModels } from '../../web/widget/engine-choice.js';
import { explainFromScores, whyText } from '../../web/widget/explanation.js';
import { FacetTable, filterMetadata, toFilter } from '../../web/widget/facets.js';
import { holdOrder, type PageResult } from '../../web/widget/held-order.js';
import { segments } from '../../web/widget/highlight.js';
import { Messages } from '../../web/widget/messages.js';
import { panelPlace } from '../../web/widget/panel-place.js';
import { safeUrl } from '../../web/widget/safe-url.js';
import type { SessionState } from '../../web/widget/session.js';
import { matchesShortcut, parseShortcuts, shortcutLabel } from '../../web/widget/shortcuts.js';
import { statusOf } from '../../web/widget/status-text.js';
import { makeResult } from './widget-result.js';

test('importing the widget on a server defines nothing and touches nothing', async () => {
  assert.equal('document' in globalThis, false);
  const { MayflySearch, MayflySearchModal } = await import('../../web/widget/index.js');
  assert.equal(typeof MayflySearch, 'function');
  assert.equal(typeof MayflySearchModal, 'function');
});

test('segments joined are the text, whatever the ranges', () => {
  let state = 12345;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let round = 0; round < 500; round++) {
    const text = 'abcdefghij'.slice(0, random(11));
    const ranges = Array.from(
      { length: random(5) },
      () => [random(14) - 2, random(14) - 2] as const,
    );
    const cut = segments(text, ranges);
    assert.equal(cut.map((part) => part.text).join(''), text, JSON.stringify(ranges));
    const marked = new Set<number>();
    for (const [begin, end] of ranges) for (let i = Math.max(begin, 0); i < end; i++) marked.add(i);
    let place = 0;
    for (const part of cut) {
      for (const _ of part.text)
        assert.equal(part.marked, marked.has(place++), JSON.stringify(ranges));
    }
  }
});

test('only addresses of pages are links', () => {
  const base = 'https://example.com/docs/';
  assert.equal(safeUrl('a/#b', base), 'https://example.com/docs/a/#b');
  assert.equal(safeUrl('//other.org', base), 'https://other.org/');
  for (const url of [
    'javascript:x',
    ' JAVASCRIPT:x',
    'java\nscript:x',
    'data:,x',
    'blob:x',
    'http://[',
    7,
    null,
  ]) {
    assert.equal(safeUrl(url, base), undefined, String(url));
  }
});

const names = (results: readonly PageResult[]) => results.map(({ id }) => id).join(' ');

test('held results keep place and words; new pages come after', () => {
  const shown = [makeResult('a'), makeResult('b', { page: 'B' })];
  const better = [makeResult('b2', { page: 'B' }), makeResult('a', { score: 2 }), makeResult('c')];
  const held = holdOrder(shown, better);
  assert.equal(names(held.results), 'a b c', 'a page is there once');
  assert.equal(held.results[0]?.score, 2, 'what is known of it is new');
  assert.ok(held.stale);
  assert.equal(holdOrder(shown, shown).stale, false);
  assert.equal(holdOrder(shown, [...shown, makeResult('d')]).stale, false);
  assert.ok(holdOrder(shown, [shown[0] as PageResult]).stale, 'a page is gone');
});

test('counts are of pages that the other filters leave', () => {
  const table = new FacetTable();
  table.add('1', { kind: 'guide', tag: ['x', 'y'] });
  table.add('1', { kind: 'guide' });
  table.add('2', { kind: 'guide', tag: 'x' });
  table.add('3', { kind: 'page', tag: 'y' });
  table.add('4', undefined);
  const counts = (choice: Map<string, Set<string>>) =>
    table
      .facets(choice, 'en')
      .map(({ name, values }) => [
        name,
        ...values.map(({ value, count, chosen }) => `${value} ${count}${chosen ? '!' : ''}`),
      ]);
  assert.deepEqual(counts(new Map()), [
    ['kind', 'guide 2', 'page 1'],
    ['tag', 'x 2', 'y 2'],
  ]);
  assert.deepEqual(counts(new Map([['kind', new Set(['page'])]])), [
    ['kind', 'guide 2', 'page 1!'],
    ['tag', 'y 1', 'x 0'],
  ]);
});

test('a choice of filters is one of the package, under keys that hide nothing', () => {
  assert.equal(toFilter(new Map([['kind', new Set<string>()]])), undefined);
  const choice = new Map([['page', new Set(['a', 'b'])]]);
  assert.deepEqual(toFilter(choice), { 'filter:page': ['a', 'b'] });
  assert.deepEqual(filterMetadata({ page: 'a' }), { 'filter:page': 'a' });
});

test('the page decides on models before the corpus, and a saving visitor before both', () => {
  const corpus = { model: '/big.json', staticModel: '/small.json' };
  assert.deepEqual(chooseModels({}, corpus, {}), {
    model: '/big.json',
    staticModel: '/small.json',
    spared: false,
  });
  assert.equal(chooseModels({ model: '/mine.json' }, corpus, {}).model, '/mine.json');
  assert.equal(chooseModels({ staticModel: null }, corpus, {}).staticModel, undefined);
  for (const device of [{ connection: { saveData: true } }, { deviceMemory: 1 }]) {
    const choice = chooseModels({}, corpus, device);
    assert.deepEqual(choice, { model: null, staticModel: '/small.json', spared: true });
  }
  assert.equal(chooseModels({}, { model: null }, { deviceMemory: 1 }).spared, false);
});

test('an explanation names telling words once, and scores by tier', () => {
  const text = 'Leave for the parents. leave';
  const result = makeResult('a', {
    snippet: {
      text,
      matches: [
        [0, 5],
        [6, 9],
        [10, 13],
        [23, 28],
      ],
    },
    scores: { lexical: 6.12, static: 0, contextual: 0.456 },
  });
  const explanation = explainFromScores(result);
  assert.deepEqual(explanation.words, ['Leave']);
  assert.equal(explanation.static, undefined);
  assert.equal(
    whyText(explanation, new Messages(['en'])),
    'Words: Leave · word score 6.1 · meaning 0.46',
  );
});

test('the panel stays in the window, on either side', () => {
  const window = { width: 1000, height: 800 };
  const field = { left: 700, right: 900, bottom: 100 };
  assert.equal(panelPlace(field, 600, window, 'ltr').shift, 392 - 700);
  assert.equal(panelPlace(field, 600, window, 'rtl').shift, 300 - 700);
  assert.equal(panelPlace({ ...field, left: 2 }, 300, window, 'ltr').shift, 6);
  assert.equal(panelPlace(field, 600, window, 'ltr').room, 684);
  assert.equal(panelPlace({ ...field, bottom: 790 }, 600, window, 'ltr').room, 240);
});

test('shortcuts: keys with and without the modifier', () => {
  assert.deepEqual(parseShortcuts(null), ['/', 'mod+k']);
  assert.deepEqual(parseShortcuts('none'), []);
  const press = (key: string, keys = {}) => ({
    ...{ key, ctrlKey: false, metaKey: false, altKey: false },
    ...keys,
  });
  assert.ok(matchesShortcut('/', press('/')));
  assert.ok(!matchesShortcut('/', press('/', { ctrlKey: true })));
  assert.ok(matchesShortcut('mod+k', press('K', { metaKey: true })));
  assert.ok(!matchesShortcut('mod+k', press('k')));
  assert.ok(!matchesShortcut('mod+k', press('k', { ctrlKey: true, altKey: true })));
  assert.equal(shortcutLabel('mod+k', true), '⌘K');
  assert.equal(shortcutLabel('mod+k', false), 'Ctrl K');
  assert.equal(shortcutLabel(undefined, false), '');
});

test('the status says the one thing that matters now', () => {
  const messages = new Messages(['en']);
  const ready = {
    ...{ phase: 'ready', error: undefined, searchable: 50, size: 100, complete: false },
    ...{ download: undefined, models: 'loading', modelError: undefined },
  } as const;
  const view = { state: 'shown', tier: 'contextual', coverage: 0.43, answered: true } as const;
  const text = (session: object, seen: object = {}) =>
    statusOf({ ...ready, ...session } as SessionState, { ...view, ...seen }, messages).text;
  assert.equal(text({}), 'Loading text: 50%');
  assert.equal(
    text({ complete: true, download: { loaded: 12e6, total: 23e6 } }),
    'Loading language model: 12 of 23 MB',
  );
  assert.equal(text({ complete: true, models: 'ready' }), '43% understood');
  assert.equal(text({ complete: true, models: 'ready' }, { coverage: 1 }), 'Everything understood');
  assert.equal(
    text({ complete: true, models: 'failed' }, { tier: 'lexical' }),
    'Searching by words only',
  );
  assert.equal(text({ complete: true }, { state: 'empty' }), '');
});
