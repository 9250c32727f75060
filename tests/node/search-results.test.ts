// SPDX-License-Identifier: Apache-2.0
// What crosses to the worker of a query, and what becomes of its reply.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterToJson, type Filter } from '../../web/client/filter.js';
import type { SearchOptions } from '../../web/client/index.js';
import type { SearchReply } from '../../web/client/protocol/messages.js';
import { toQueryOptions, toSearchResults } from '../../web/client/search-results.js';
import { toUtf16Offsets, toUtf16Places } from '../../web/client/utf16-offsets.js';

test('places in code points become indices, whatever stands before them', () => {
  const pieces = ['a', 'é', '東', '😀', '\ud800', '\udc00', '𝒳'];
  // Every text of up to three pieces; a lone high surrogate before a lone low one is a pair.
  const texts = [''];
  for (const a of pieces) {
    texts.push(a);
    for (const b of pieces) {
      texts.push(a + b);
      for (const c of pieces) texts.push(a + b + c);
    }
  }
  for (const text of texts) {
    const points = Array.from(text);
    const places = points.map((_, i) => i).concat(points.length, points.length + 5);
    const expected = places.map((place) => points.slice(0, place).join('').length);
    assert.deepEqual(toUtf16Places(text, places), expected, JSON.stringify(text));
    const pairs = toUtf16Offsets(text, Uint32Array.from(points.flatMap((_, i) => [i, i + 1])));
    assert.deepEqual(
      pairs.map(([begin, end]) => text.slice(begin, end)),
      points,
    );
  }
});

test('options of a search are checked, each by name', () => {
  const defaults = { k: 10, mode: 0, rerank: 20, lateInteraction: 0 };
  assert.deepEqual(toQueryOptions({}), defaults);
  const most = { k: 10_000, mode: 'lexical', rerank: 0, lateInteraction: 100 } as const;
  assert.deepEqual(toQueryOptions({ ...most, perGroup: 100 }), { ...most, mode: 2 });
  const wrong: [SearchOptions, RegExp][] = [
    [{ k: 0 }, /^k must/],
    [{ k: 10_001 }, /^k must/],
    [{ k: '3' as never }, /^k must/],
    [{ k: NaN }, /^k must/],
    [{ rerank: -1 }, /^rerank must/],
    [{ rerank: 1001 }, /^rerank must/],
    [{ lateInteraction: 101 }, /^lateInteraction must/],
    [{ perGroup: 0 }, /^perGroup must/],
    [{ mode: 'fuzzy' as never }, /^mode is one of hybrid, semantic, lexical/],
    [{ sort: {} as never }, /^sort is/],
    [{ sort: { by: 'year', order: 'up' as never } }, /^sort is/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(() => toQueryOptions(options), { code: 'invalid-argument', message });
  }
});

test('a filter crosses as the JSON that it is', () => {
  const filters: Filter[] = [
    {},
    { lang: 'en', draft: false, year: 2024 },
    { year: { gte: 2020, lt: 2025 }, tags: { all: ['a'], none: ['ü'] } },
    { any: [{ lang: ['en', 'de'] }, { not: { '=any': 1 } }] },
  ];
  for (const filter of filters) assert.deepEqual(JSON.parse(filterToJson(filter)), filter);
  assert.equal(filterToJson(undefined), '');
  assert.equal(filterToJson({ lang: undefined }), '{}');
});

test('a filter that JSON would change is refused', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const wrong = [
    ...[null, 'lang', 5, ['lang'], () => true],
    ...[circular, { year: 5n }, { year: NaN }, { year: { gte: Infinity } }],
    ...[{ lang: () => 'en' }, { lang: Symbol('en') }, { any: [{ a: [1, NaN] }] }],
  ];
  for (const filter of wrong) {
    assert.throws(() => filterToJson(filter as Filter), { code: 'invalid-argument' });
  }
});

const reply = (changes: Partial<SearchReply>): SearchReply => ({
  scores: new Float32Array(),
  numbers: new Uint32Array(),
  matches: new Uint32Array(),
  strings: [],
  dropped: 0,
  tier: 2,
  size: 0,
  pending: 0,
  elapsedMs: 1,
  fingerprint: 'f',
  tokenScores: [],
  ...changes,
});

test('snippets, passages and matches are ranges of the strings that the caller sees', () => {
  const text = '😀 First. Second 😀 one. Third one.';
  const place = (part: string) => Array.from(text.slice(0, text.indexOf(part))).length;
  const snippet = [place('Second'), place(' Third')];
  const { results } = toSearchResults(
    reply({
      scores: new Float32Array([4, 3, 2, 1, 0.25, 0.5, 0, 0, 0.5, 0]),
      numbers: new Uint32Array([
        ...[2, 7, place('First'), ...snippet, place(' Third'), 4],
        ...[0, 0, 0, 0, 3, 3, 1],
      ]),
      matches: new Uint32Array([
        // Before the snippet, in it, across its end, after it; then of the other text.
        ...[place('First'), place('First') + 5],
        ...[place('one'), place('one') + 3],
        ...[snippet[1]! - 1, snippet[1]! + 2],
        ...[place('Third'), place('Third') + 5],
        ...[1, 3],
      ]),
      strings: ['a', text, '{"n":1}', 'Title', 'One\nTwo', 'b', 'xyz', '', '', ''],
    }),
    true,
  );
  const [first, second] = results;
  assert.equal(first?.snippet.text, 'Second 😀 one.');
  assert.deepEqual(
    first?.snippet.matches.map(([begin, end]) => first.snippet.text.slice(begin, end)),
    ['one'],
  );
  assert.equal(text.slice(...first!.passage), 'First. Second 😀 one.');
  assert.deepEqual(first?.scores, { contextual: 3, static: 2, lexical: 1 });
  assert.equal(first?.groupBonus, 0.25);
  assert.deepEqual([first?.tier, first?.dropped, first?.score], ['contextual', 7, 4]);
  assert.deepEqual([first?.title, first?.headings], ['Title', ['One', 'Two']]);
  assert.deepEqual(first?.metadata, { n: 1 });
  assert.deepEqual([second?.headings, second?.metadata, second?.tier], [[], undefined, 'lexical']);
  assert.deepEqual(second?.snippet, { text: 'xyz', matches: [[1, 3]] });
});

test('coverage is the part of the documents that the tier knows; of none it knows all', () => {
  const of = (size: number, pending: number) => toSearchResults(reply({ size, pending }), false);
  assert.equal(of(0, 0).coverage, 1);
  assert.equal(of(4, 1).coverage, 0.75);
  assert.equal(of(4, 4).coverage, 0);
  assert.deepEqual([of(4, 4).final, of(4, 4).reordered, of(4, 4).truncated], [false, false, false]);
  assert.deepEqual(toSearchResults(reply({ dropped: 3 }), true).truncated, true);
});
