// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchResult, SearchResults } from '../../web/client/index.js';
import { fold, group, hold, sortBy, weigh } from '../../web/client/result-order.js';
import { searchResult } from './search-result.js';

const answer = (results: SearchResult[]): SearchResults => ({
  results,
  tier: 'static',
  coverage: 1,
  final: false,
  reordered: false,
  truncated: false,
  dropped: 0,
  size: 9,
  elapsedMs: 1,
  fingerprint: '',
});
const ids = (results: readonly SearchResult[]) => results.map(({ id }) => id).join('');

/** Every sequence of different letters of `letters`, the empty one included. */
function arrangements(letters: string): string[] {
  return [
    '',
    ...[...letters].flatMap((first) =>
      arrangements(letters.replace(first, '')).map((rest) => first + rest),
    ),
  ];
}

test('a held order keeps what was shown in its place, and says when a better one is known', () => {
  for (const shown of arrangements('abc')) {
    for (const better of arrangements('abcd')) {
      const before = [...shown].map((id) => searchResult(id, { score: 1 }));
      const after = answer([...better].map((id) => searchResult(id, { score: 2 })));
      const held = hold(before, after);
      const news = [...better].filter((id) => !shown.includes(id)).join('');
      const what = `${shown} then ${better}`;
      assert.equal(ids(held.results), shown + news, what);
      assert.equal(held.reordered, shown + news !== better, what);
      for (const { id, score } of held.results) {
        assert.equal(score, better.includes(id) ? 2 : 1, `${what}: what is known best of ${id}`);
      }
    }
  }
});

test('results of one group stand beneath the best of them, in every order and size', () => {
  const groupOf: Record<string, unknown> = { a: 'x', b: 'x', c: 'y', d: undefined, e: null };
  for (const order of arrangements('abcde')) {
    for (const perGroup of [1, 2, 3]) {
      const results = [...order].map((id) => searchResult(id, { metadata: { page: groupOf[id] } }));
      const expected = [...order]
        // The first of its group, or without one.
        .filter((id, place) => !(groupOf[id] === 'x' && /[ab]/.test(order.slice(0, place))))
        .map((id) => {
          const other =
            groupOf[id] === 'x' ? [...order].filter((o) => 'ab'.includes(o) && o !== id) : [];
          return [id, other.slice(0, perGroup - 1).join('')];
        });
      const got = group(results, 'page', perGroup).map(({ id, more }) => [id, ids(more ?? [])]);
      assert.deepEqual(got, expected, `${order}, ${perGroup}`);
    }
  }
});

test('groups come by their best score and bonus, within a tier', () => {
  const of = (
    id: string,
    page: string,
    score: number,
    groupBonus = 0,
    tier: SearchResult['tier'] = 'contextual',
  ) => searchResult(id, { score, groupBonus, tier, metadata: { page } });
  const results = [
    of('a', 'x', 0.6, -0.1),
    of('b', 'y', 0.55, 0.05),
    of('c', 'y', 0.52, 0.05),
    of('d', 'z', 0.51),
    of('e', 'w', 0.9, 0, 'static'),
  ];
  const groups = group(results, 'page', 3);
  assert.equal(ids(groups), 'bdae');
  assert.deepEqual(
    groups.map(({ score }) => Number(score.toFixed(6))),
    [0.6, 0.51, 0.5, 0.9],
  );
  assert.equal(ids(groups[0]?.more ?? []), 'c');
  assert.equal(groups[0]?.more?.[0]?.score, 0.52, 'beneath, a result has a score of its own');
});

test('a weight multiplies the score by its fourth root, within a tier', () => {
  const of = (id: string, score: number, weight?: unknown, tier: SearchResult['tier'] = 'static') =>
    searchResult(id, { score, tier, metadata: { weight } });
  const results = [
    of('a', 0.8),
    of('b', 0.5, 16),
    of('c', 0.45, 10),
    of('d', 0.9, 0),
    of('e', 0.7, 'much'),
    of('f', 0.6, Number.NaN),
    of('g', -0.2, 1 / 16),
    of('h', -0.2, 10),
    of('i', 0.1, 1, 'contextual'),
    of('j', 9, 10, 'lexical'),
  ];
  const weighed = weigh(results, 'weight');
  // 10 is the most. The fourth root of 10 is 1.7783, that of 1/16 is 0.5.
  const expected: Record<string, number> = {
    ...{
      i: 0.1,
      b: 0.889,
      c: 0.8002,
      a: 0.8,
      e: 0.7,
      f: 0.6,
      d: 0,
      h: -0.0443,
      g: -0.3,
      j: 16.005,
    },
  };
  assert.equal(ids(weighed), Object.keys(expected).join(''));
  for (const { id, score } of weighed) {
    assert.ok(Math.abs(score - (expected[id] as number)) < 1e-3, `${id}: ${score}`);
  }
  assert.equal(ids(weigh([of('a', 1), of('b', 1), of('c', 1)], 'weight')), 'abc', 'ties stay');
});

test('groups are told apart by kind, and inherited names are not keys', () => {
  const of = (...metadata: unknown[]) =>
    group(
      metadata.map((one, i) => searchResult(String(i), { metadata: one })),
      'constructor',
      9,
    ).map(({ id, more }) => id + ids(more ?? []));
  assert.deepEqual(of({}, {}, { constructor: 5 }, { constructor: '5' }, { constructor: 5 }), [
    ...['0', '1', '24', '3'],
  ]);
  assert.deepEqual(of(null, 'text', 7, [1], undefined), ['0', '1', '2', '3', '4']);
});

test('a text that says nearly the same as a better one is folded into it', () => {
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`);
  const changed = (place: number) =>
    words.map((word, i) => (i === place ? 'other' : word)).join(' ');
  const folded = fold([
    searchResult('best', { text: words.join(' ') }),
    searchResult('case', { text: words.join(', ').toUpperCase() }),
    searchResult('one word', { text: changed(20) }),
    searchResult('half', {
      text: `${words.slice(0, 20).join(' ')} ${'and something else '.repeat(9)}`,
    }),
    searchResult('short', { text: 'two words' }),
    searchResult('same short', { text: 'Two, words!' }),
    searchResult('empty', { text: '' }),
    searchResult('also empty', { text: ' … ' }),
  ]);
  assert.deepEqual(
    folded.map(({ id, duplicates }) => [id, duplicates]),
    [
      // One word of 40 is in three of 38 sequences: (38 - 3) / (38 + 3) = 0.85.
      ['best', ['case', 'one word']],
      ['half', []],
      ['short', ['same short']],
      ['empty', []],
      ['also empty', []],
    ],
  );
});

test('what is folded resembles the kept one by at least four fifths, and nothing kept does', (t) => {
  const seed = Date.now() >>> 0;
  t.diagnostic(`seed ${seed}`);
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const triples = (text: string) => {
    const words = text.split(' ');
    return words.slice(2).map((_, i) => words.slice(i, i + 3).join(' '));
  };
  const resemblance = (a: string, b: string) => {
    const [x, y] = [new Set(triples(a)), new Set(triples(b))];
    const both = [...x].filter((one) => y.has(one)).length;
    return both / new Set([...x, ...y]).size;
  };
  for (let round = 0; round < 100; round++) {
    const base = Array.from({ length: 30 }, () => `w${below(50)}`);
    const results = Array.from({ length: 8 }, (_, i) => {
      const from = below(6);
      return searchResult(`${i}`, { text: base.slice(from, from + 20 + below(8)).join(' ') });
    });
    const text = (id: string) => results[Number(id)]!.text;
    const kept = fold(results);
    for (const { id, duplicates } of kept) {
      for (const other of duplicates ?? []) assert.ok(resemblance(text(id), text(other)) >= 0.8);
      for (const { id: other } of kept) {
        assert.ok(id === other || resemblance(text(id), text(other)) < 0.8, `seed ${seed}`);
      }
    }
    const all = kept.flatMap(({ id, duplicates }) => [id, ...(duplicates ?? [])]);
    assert.deepEqual(all.sort(), results.map(({ id }) => id).sort());
  }
});

test('sorting takes kinds apart, arrays by what comes first, and puts what has no value last', () => {
  const values: [string, unknown][] = [
    ['a', { date: '2024-05-01' }],
    ['b', {}],
    ['c', { date: 7 }],
    ['d', { date: ['2023-01-01', '2025-01-01'] }],
    ['e', null],
    ['f', { date: true }],
    ['g', { date: -3 }],
    ['h', { date: { not: 'sortable' } }],
    ['i', { date: 7 }],
  ];
  const all = values.map(([id, metadata]) => searchResult(id, { metadata }));
  assert.equal(ids(sortBy(all, { by: 'date' })), 'fgcidabeh');
  assert.equal(ids(sortBy(all, { by: 'date', order: 'descending' })), 'dacigfbeh');
  assert.equal(ids(all), 'abcdefghi', 'what was given stays as it was');
});
