// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuse, type SearchResult } from '../../web/client/index.js';
import { searchResult } from './search-result.js';

const ranking = (scores: Record<string, number>): SearchResult[] =>
  Object.entries(scores).map(([id, score]) => searchResult(id, { score }));
const shown = (results: readonly SearchResult[]) =>
  results.map(({ id, score }) => `${id} ${score.toFixed(4)}`).join(', ');

// Worked out by hand from the paper's formula.
test('reciprocal ranks add up over answers', () => {
  const words = ranking({ a: 9, b: 8, c: 1 });
  const meaning = ranking({ c: 0.9, a: 0.8 });
  assert.equal(shown(fuse([words, meaning])), 'a 0.0325, c 0.0323, b 0.0161');
  assert.equal(
    shown(fuse([words, meaning], { constant: 1, weights: [0, 1] })),
    'c 0.5000, a 0.3333, b 0.0000',
  );
});

test('min-max keeps how far apart scores are', () => {
  const words = ranking({ a: 9, b: 8, c: 1 });
  const meaning = ranking({ c: 0.9, b: 0.8, a: 0.7 });
  const options = { method: 'min-max', weights: [0.5, 0.5] } as const;
  assert.equal(shown(fuse([words, meaning], options)), 'b 0.6875, a 0.5000, c 0.5000');
  assert.equal(shown(fuse([ranking({ x: 3, y: 3 }), []], options)), 'x 0.5000, y 0.5000');
  assert.equal(shown(fuse([[], []])), '');
});

test('options out of range are refused', () => {
  const one = ranking({ a: 1 });
  for (const options of [
    { weights: [1, 2] },
    { weights: [-1] },
    { weights: [NaN] },
    { constant: 0 },
    { method: 'best' as 'rrf' },
  ]) {
    assert.throws(
      () => fuse([one], options),
      { code: 'invalid-argument' },
      JSON.stringify(options),
    );
  }
});
