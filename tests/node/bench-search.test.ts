// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusteredVectors } from '../bench/clustered_vectors.mjs';
import { open as openScan } from '../bench/peers/javascript_scan.mjs';
import { ndcg, recall } from '../bench/retrieval_quality.mjs';

test('recall is the share of the true ones, in whatever order', () => {
  assert.equal(recall([3, 1, 9, 8], [1, 2, 3, 4]), 0.5);
  assert.equal(recall([4, 3, 2, 1], [1, 2, 3, 4]), 1);
});

test('nDCG is the worked example of Wikipedia, cut at six', () => {
  // Gains 3 2 3 0 1 2 in the order found, 3 and 2 more that were not: DCG 6.861, ideal 8.740 with
  // the plain logarithmic discount.
  const gains = new Map([3, 2, 3, 0, 1, 2, 3, 2].map((gain, i) => [`d${i}`, gain]));
  const found = ['d0', 'd1', 'd2', 'd3', 'd4', 'd5'];
  assert.ok(Math.abs(ndcg(found, gains, 6) - 0.785) < 5e-4);
});

test('nDCG of a list with nothing in it is 0, also where nothing could be found', () => {
  assert.equal(ndcg([], new Map([['a', 1]])), 0);
  assert.equal(ndcg(['a'], new Map()), 0);
});

test('clustered vectors are the same for a seed, of unit length, and in clusters', () => {
  const plan = { count: 300, queryCount: 10, dim: 384, seed: 7 };
  const { vectors, queries } = clusteredVectors(plan);
  assert.deepEqual(clusteredVectors(plan).vectors, vectors);
  assert.notDeepEqual(clusteredVectors({ ...plan, seed: 8 }).vectors, vectors);
  assert.equal(queries.length, 10 * 384);
  const row = (i: number) => vectors.subarray(i * 384, (i + 1) * 384);
  const dot = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0);
  const cosines = Array.from({ length: 299 }, (_, i) => dot(row(0), row(i + 1)));
  assert.ok(Math.abs(dot(row(5), row(5)) - 1) < 1e-5);
  const near = cosines.filter((cosine) => cosine > 0.4);
  assert.ok(near.length > 30 && near.length < 200, `${near.length} of 299 in the same cluster`);
  assert.ok(
    cosines.every((cosine) => cosine > 0.4 || cosine < 0.3),
    'nothing in between',
  );
});

test('the plain scan finds the best by sorting everything', () => {
  const dim = 16;
  const { vectors, queries } = clusteredVectors({ count: 200, queryCount: 5, dim, seed: 3 });
  const scan = openScan();
  scan.build(vectors, dim);
  for (let q = 0; q < 5; ++q) {
    const query = queries.subarray(q * dim, (q + 1) * dim);
    const scores = Array.from({ length: 200 }, (_, row) => ({
      row,
      score: query.reduce((sum, v, i) => sum + v * (vectors[row * dim + i] ?? 0), 0),
    }));
    const expected = scores.sort((a, b) => b.score - a.score).slice(0, 10);
    assert.deepEqual(
      scan.search(query, 10),
      expected.map(({ row }) => row),
    );
  }
});
