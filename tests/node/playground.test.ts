// SPDX-License-Identifier: Apache-2.0
// What the playground computes itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_SENTENCES, readSentences } from '../../demo/playground/app/sentences.js';
import { cosines, nearestPair } from '../../demo/playground/app/similarity.js';

test('lines are sentences, without the spaces around them and the empty ones', () => {
  assert.deepEqual(readSentences('  one \r\n\n\ttwo\n   \nthree'), {
    texts: ['one', 'two', 'three'],
    left: 0,
  });
  assert.deepEqual(readSentences(' \n'), { texts: [], left: 0 });
});

test('lines beyond the most are counted, not read', () => {
  const { texts, left } = readSentences('a\n'.repeat(MOST_SENTENCES + 3));
  assert.equal(texts.length, MOST_SENTENCES);
  assert.equal(left, 3);
});

test('cosines of unit vectors are those of their angles', () => {
  const angles = [0, 30, 90, 180];
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const vectors = angles.map((a) => Float32Array.of(Math.cos(radians(a)), Math.sin(radians(a))));
  cosines(vectors).forEach((row, i) =>
    row.forEach((cosine, j) => {
      const expected = Math.cos(radians(angles[i]! - angles[j]!));
      assert.ok(Math.abs(cosine - expected) < 1e-6, `${angles[i]}, ${angles[j]}: ${cosine}`);
    }),
  );
});

test('the nearest pair is of two different sentences, and there is none of one', () => {
  assert.deepEqual(
    nearestPair([
      [1, -0.5, 0.2],
      [-0.5, 1, 0.3],
      [0.2, 0.3, 1],
    ]),
    [1, 2],
  );
  assert.equal(nearestPair([[1]]), undefined);
  assert.equal(nearestPair([]), undefined);
});
