// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BulkJob, type Piece } from '../../web/client/pool/bulk-job.js';
import { estimateTokens } from '../../web/client/pool/token-estimate.js';
import { workerCount } from '../../web/client/pool/worker-count.js';

/** Numerical Recipes' LCG: the same values on every machine, from a seed that is printed. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A text's number stands in the token count of its result. */
const embedded = ({ items }: Piece<string>) => ({
  vectors: new Float32Array(items.length).fill(1),
  tokens: Uint32Array.from(items, Number),
});

test('pieces that come back in any order, or at the second try, are passed on in order', async (t) => {
  const seed = Date.now() >>> 0;
  t.diagnostic(`seed ${seed}`);
  const below = random(seed);
  for (let round = 0; round < 200; round++) {
    const count = 1 + below(60);
    const passed: number[] = [];
    const job = new BulkJob(
      Array.from({ length: count }, (_, i) => String(i)),
      Array.from({ length: count }, () => 1 + below(300)),
      ({ tokens }: ReturnType<typeof embedded>) => passed.push(...tokens),
    );
    const out: Piece<string>[] = [];
    while (passed.length < count) {
      const piece = below(2) === 0 ? job.take(1 + below(400)) : undefined;
      if (piece) out.push(piece);
      const [back] = out.length > 0 ? out.splice(below(out.length), 1) : [];
      if (!back) continue;
      if (below(4) === 0) job.giveBack(back);
      else job.deliver(back, embedded(back));
    }
    await job.done;
    assert.deepEqual(
      passed,
      Array.from({ length: count }, (_, i) => i),
      `seed ${seed}, round ${round}`,
    );
    assert.equal(job.take(1000), undefined);
    assert.equal(job.waitingTokens, 0);
  }
});

test('a piece holds as many texts as fit, and at least one', () => {
  const tokens = [100, 100, 100, 500, 50, 60];
  const job = new BulkJob(tokens.map(String), tokens, () => {});
  const sizes = [];
  for (let piece = job.take(250); piece; piece = job.take(250)) sizes.push(piece.tokens);
  assert.deepEqual(sizes, [200, 100, 500, 110]);
});

test('a job that fails passes nothing on any more, and forgets the vectors that it held', async () => {
  let passed = 0;
  const job = new BulkJob(['0', '1'], [9, 9], () => (passed += 1));
  const [first, second] = [job.take(9), job.take(9)] as [Piece<string>, Piece<string>];
  const early = embedded(second);
  job.deliver(second, early);
  const reason = new Error('stop');
  job.fail(reason);
  await assert.rejects(job.done, (error) => error === reason);
  assert.ok(job.signal.aborted);
  job.deliver(first, embedded(first));
  assert.equal(passed, 0);
  assert.deepEqual([...early.vectors], [0]);
});

test('the estimate of tokens is within a half of the truth in several scripts', () => {
  // Counted with the tokenizer of all-MiniLM-L6-v2, its two markers included.
  const cases: [text: string, tokens: number][] = [
    ['How do I cancel a request that is already running?', 13],
    ['You may take twelve weeks of parental leave. Report lost equipment at once.', 18],
    ['東京都は日本の首都です', 13],
    ['', 2],
  ];
  for (const [text, tokens] of cases) {
    const estimate = estimateTokens(text, 256);
    assert.ok(estimate >= tokens * 0.5 && estimate <= tokens * 1.5, `${text}: ${estimate}`);
  }
  assert.equal(estimateTokens('word '.repeat(10_000), 256), 256);
});

test('the number of workers follows the device, within bounds', () => {
  const cases: [device: object, workers: number][] = [
    [{}, 1],
    [{ hardwareConcurrency: 1 }, 1],
    [{ hardwareConcurrency: 2 }, 1],
    [{ hardwareConcurrency: 4 }, 3],
    [{ hardwareConcurrency: 64 }, 4],
    [{ hardwareConcurrency: 8, deviceMemory: 2 }, 1],
    [{ hardwareConcurrency: 8, deviceMemory: 4 }, 4],
    [{ hardwareConcurrency: 8, connection: { saveData: true } }, 1],
  ];
  for (const [device, workers] of cases) {
    assert.equal(workerCount('auto', device), workers, JSON.stringify(device));
  }
  assert.equal(workerCount(6, { hardwareConcurrency: 1 }), 6);
  for (const wrong of [0, -1, 1.5, 17, NaN, 'many']) {
    assert.throws(() => workerCount(wrong as number), { code: 'invalid-argument' });
  }
});
