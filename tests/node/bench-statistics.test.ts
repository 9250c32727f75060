// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rotated } from '../bench/interleave.mjs';
import { quantile, ratioOf, relativeError, summary } from '../bench/statistics.mjs';

test('quantiles lie between neighbours as in R type 7', () => {
  // R: quantile(c(1, 2, 3, 4, 10), c(0, .25, .5, .9, 1)) gives 1, 2, 3, 7.6, 10.
  const values = [10, 3, 1, 4, 2];
  const found = [0, 0.25, 0.5, 0.9, 1].map((share) => quantile(values, share));
  [1, 2, 3, 7.6, 10].forEach((value, i) =>
    assert.ok(Math.abs((found[i] as number) - value) < 1e-9),
  );
  assert.deepEqual(values, [10, 3, 1, 4, 2], 'the list is left as it was');
});

test('the median of an even number of values is the middle of the two', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
});

test('an empty list is refused, not called zero', () => {
  assert.throws(() => quantile([], 0.5), /empty/);
});

test('the error of a median is that of the normal distribution, and one bad sample does not matter', () => {
  // Deciles of the standard normal distribution, moved to 10: standard deviation 1, n = 9.
  const deciles = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];
  const values = deciles.map((z) => 10 + z);
  const exact = 1.253 / Math.sqrt(9) / 10;
  assert.ok(Math.abs(relativeError(values) / exact - 1) < 0.25);
  const disturbed = [...values.slice(0, 8), 1000];
  assert.ok(Math.abs(relativeError(disturbed) - relativeError(values)) < 1e-12);
});

test('a summary names its unit', () => {
  assert.deepEqual(summary([2, 2, 2]), { median_ms: 2, min_ms: 2, samples: 3, error: 0 });
  assert.equal(summary([1, 5], 'gmacs').min_gmacs, 1);
});

test('a ratio is of medians and carries the errors of both', () => {
  const steady = [2, 2, 2];
  const { value, error } = ratioOf([4, 6, 8], steady);
  assert.equal(value, 3);
  assert.equal(error, relativeError([4, 6, 8]));
});

test('every peer is first, and last, equally often', () => {
  const rounds = [0, 1, 2, 3, 4, 5].map((round) => rotated(['a', 'b', 'c'], round));
  for (const place of [0, 2]) {
    const there = rounds.map((order) => order[place]).sort();
    assert.deepEqual(there, ['a', 'a', 'b', 'b', 'c', 'c']);
  }
  assert.deepEqual(rotated(['a', 'b', 'c'], -1), ['c', 'a', 'b']);
});
