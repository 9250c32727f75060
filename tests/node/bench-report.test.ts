// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRatios, describeRegression, hasRegression } from '../bench/regression.mjs';
import { mergeReports } from '../bench/report.mjs';

const ratio = (value: number, error = 0.001, id = 'query') => ({ id, title: id, value, error });
const verdict = (before: number, now: number, error?: number) =>
  compareRatios([ratio(before, error)], [ratio(now, error)]).map((row) => row.verdict);

test('a ratio that fell is worse, one that rose is better, a small change is neither', () => {
  assert.deepEqual(verdict(2.0, 1.5), ['worse']);
  assert.deepEqual(verdict(2.0, 2.5), ['better']);
  assert.deepEqual(verdict(2.0, 1.92), ['same']);
  assert.deepEqual(verdict(2.0, 2.08), ['same']);
});

test('a noisy measurement must change by more before it counts', () => {
  assert.deepEqual(verdict(2.0, 1.8, 0.01), ['worse']);
  assert.deepEqual(verdict(2.0, 1.8, 0.05), ['same']); // 2 * hypot(5 %, 5 %) = 14 %
  assert.deepEqual(verdict(2.0, 1.6, 0.05), ['worse']);
});

test('ratios that only one side has are shown, and are no regression', () => {
  const rows = compareRatios([ratio(2, 0, 'old')], [ratio(3, 0, 'fresh')]);
  assert.deepEqual(
    rows.map(({ id, verdict: word }) => [id, word]),
    [
      ['fresh', 'new'],
      ['old', 'gone'],
    ],
  );
  assert.equal(hasRegression(rows), false);
});

test('a regression is seen at a glance and told to the caller', () => {
  const rows = compareRatios([ratio(2)], [ratio(1)]);
  assert.equal(hasRegression(rows), true);
  const lines = describeRegression(rows);
  assert.equal(lines.length, 2);
  assert.match(lines[1] as string, /2\.00 +1\.00 +-50\.0 % +! WORSE/);
});

const report = (results: { id: string; ms: number }[], cpu = 'a') => ({
  suite: 'search',
  machine: { cpu },
  versions: { peer: '1' },
  results,
  ratios: results.map(({ id, ms }) => ({ id, title: id, value: ms, error: 0 })),
});

test('rows measured again replace the old ones, the others stay in their place', () => {
  const before = report([
    { id: 'small', ms: 1 },
    { id: 'large', ms: 9 },
  ]);
  const now = report([
    { id: 'large', ms: 8 },
    { id: 'huge', ms: 70 },
  ]);
  const merged = mergeReports(before, now);
  assert.deepEqual(
    merged.results.map(({ id, ms }: { id: string; ms: number }) => [id, ms]),
    [
      ['small', 1],
      ['large', 8],
      ['huge', 70],
    ],
  );
  assert.deepEqual(
    merged.ratios.map(({ value }: { value: number }) => value),
    [1, 8, 70],
  );
});

test('peers that only some rows have keep their titles', () => {
  const peers = (...ids: string[]) => ids.map((id) => ({ id, title: id.toUpperCase() }));
  const before = { ...report([{ id: 'small', ms: 1 }]), peers: peers('ours', 'slow', 'other') };
  const now = { ...report([{ id: 'huge', ms: 70 }]), peers: peers('ours', 'other') };
  assert.deepEqual(mergeReports(before, now).peers, before.peers);
});

test('figures of another machine, version or nothing at all are not mixed in', () => {
  const now = report([{ id: 'large', ms: 8 }]);
  assert.equal(mergeReports(report([{ id: 'small', ms: 1 }], 'b'), now), now);
  const older = { ...report([{ id: 'small', ms: 1 }]), versions: { peer: '0' } };
  assert.equal(mergeReports(older, now), now);
  assert.equal(mergeReports(undefined, now), now);
});
