// SPDX-License-Identifier: Apache-2.0
// Several real workers: the same bits, queries first, and nobody left behind.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type * as Package from '../../web/client/index.js';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow & {
  /** An engine whose workers are kept, with the types of what each said. */
  pooled(options: Package.MayflyOptions): Promise<Spied>;
  passages(count: number): string[];
};

interface Spied {
  engine: Package.Mayfly;
  workers: Worker[];
  heard: string[][];
}

const harness = useHarness();

beforeEach(() =>
  harness.page.evaluate(() => {
    window.pooled = async (options) => {
      const workers: Worker[] = [];
      const heard: string[][] = [];
      const createWorker = () => {
        const worker = new Worker('/mayfly/worker.js', { type: 'module' });
        const log: string[] = [];
        worker.addEventListener('message', ({ data }) => log.push(data.type));
        workers.push(worker);
        heard.push(log);
        return worker;
      };
      const engine = await window.mayfly.Mayfly.create({ createWorker, ...options });
      return { engine, workers, heard };
    };
    const words = 'travel leave equipment office contract budget review access the of and'.split(
      ' ',
    );
    window.passages = (count) =>
      Array.from({ length: count }, (_, i) =>
        Array.from({ length: 5 + ((i * 7) % 60) }, (_, k) => words[(i * k + k) % words.length])
          .join(' ')
          .concat(` ${i}`),
      );
  }),
);

test('one worker and two give the same vectors, bit for bit and in order', async () => {
  const outcome = await harness.page.evaluate(async () => {
    const texts = window.passages(240);
    const vectors: number[][][] = [];
    const counts: number[] = [];
    for (const workers of [1, 2]) {
      const spied = await window.pooled({ workers });
      const embeddings = await spied.engine.embed(texts);
      vectors.push(embeddings.map(({ vector }) => [...vector]));
      counts.push(spied.workers.length);
      spied.engine.dispose();
    }
    const equal = vectors[0]!.map((vector, i) => vector.every((v, k) => v === vectors[1]![i]![k]));
    return { counts, equal, dim: vectors[1]!.map(({ length }) => length) };
  });
  assert.deepEqual(outcome.counts, [1, 2]);
  assert.deepEqual(outcome.dim, Array(240).fill(384));
  assert.deepEqual(outcome.equal, Array(240).fill(true));
  await harness.assertNoWorkerLeft();
});

test('a query during a bulk add is answered ahead of it, by what is known then', async () => {
  const outcome = await harness.page.evaluate(async () => {
    const { engine, heard } = await window.pooled({ workers: 2 });
    const collection = engine.collection();
    await collection.add([{ id: 'first', text: 'A kitten was resting on the rug' }]);
    const order: string[] = [];
    const documents = window.passages(300).map((text, i) => ({ id: `d${i}`, text }));
    const progress: number[] = [];
    const adding = collection
      .add(documents, { onProgress: ({ completed }) => progress.push(completed) })
      .then(() => order.push('add'));
    const queries: number[] = [];
    // When the further worker is at work too.
    while (!heard[1]?.includes('ok')) await new Promise((resolve) => setTimeout(resolve, 10));
    for (let i = 0; i < 3; i++) {
      const { results, size, coverage } = await collection.search('where is the cat?', { k: 1 });
      order.push(`search ${results[0]?.id}`);
      queries.push(size, Math.floor(coverage));
    }
    await adding;
    const own = await collection.search(documents[123]!.text, { k: 1 });
    engine.dispose();
    return { order, queries, progress, own: own.results[0]?.text, text: documents[123]!.text };
  });
  assert.deepEqual(outcome.order, ['search first', 'search first', 'search first', 'add']);
  // All are there with their words, and not all of them are read.
  assert.deepEqual(outcome.queries, [301, 0, 301, 0, 301, 0]);
  assert.equal(outcome.own, outcome.text);
  assert.equal(outcome.progress.at(-1), 300);
  assert.deepEqual(harness.watched.problems, []);
});

test('a further worker that is killed in the middle costs nothing but time', async () => {
  const outcome = await harness.page.evaluate(async () => {
    const texts = window.passages(240);
    const alone = await window.pooled({ workers: 1 });
    const expected = await alone.engine.embed(texts);
    alone.engine.dispose();
    const { engine, workers } = await window.pooled({ workers: 2, unresponsiveAfterMs: 1500 });
    const embedding = engine.embed(texts);
    while (!workers[1]) await new Promise((resolve) => setTimeout(resolve, 1));
    let results = 0;
    workers[1].addEventListener('message', ({ data }) => {
      if (data.type === 'ok' && data.value.vectors && ++results === 1) workers[1]!.terminate();
    });
    const got = await embedding;
    engine.dispose();
    const equal = got.every(({ vector }, i) =>
      vector.every((value, k) => value === expected[i]!.vector[k]),
    );
    return { results, equal, length: got.length };
  });
  assert.deepEqual(outcome, { results: 1, equal: true, length: 240 });
  await harness.assertNoWorkerLeft();
});

test('an abort stops the further worker too', async () => {
  const outcome = await harness.page.evaluate(async () => {
    const { engine, heard } = await window.pooled({ workers: 2 });
    const controller = new AbortController();
    const adding = engine.collection().add(
      window.passages(2000).map((text, i) => ({ id: `d${i}`, text })),
      { signal: controller.signal },
    );
    // Its third answer: the load, and two pieces.
    while (heard[1]?.filter((type) => type === 'ok').length !== 3) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    controller.abort();
    const name = await adding.catch((error: Error) => error.name);
    while (!heard[1].includes('cancelled')) await new Promise((resolve) => setTimeout(resolve, 5));
    await engine.embed('settle');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = heard[1].slice(heard[1].indexOf('cancelled'));
    engine.dispose();
    return { name, after };
  });
  assert.equal(outcome.name, 'AbortError');
  assert.ok(
    outcome.after.every((type) => type === 'cancelled'),
    String(outcome.after),
  );
  await harness.assertNoWorkerLeft();
});

test('a further worker downloads nothing but its script, and is sealed like the first', async () => {
  await harness.page.evaluate(async () => {
    const spied = await window.pooled({ workers: 2 });
    window.engine = spied.engine;
    window['loaded'] = spied.workers.length;
  });
  const before = harness.watched.requests.length;
  await harness.page.evaluate(() => window.engine.embed(window.passages(240)));
  const names = harness.watched.requests.slice(before).map((url) => url.split('/').pop());
  assert.ok(
    names.every((name) => name === 'worker.js'),
    String(names),
  );
  const workers = harness.page.workers();
  assert.equal(workers.length, 2);
  for (const worker of workers) {
    const open = await worker.evaluate(() =>
      ['fetch', 'WebSocket', 'indexedDB', 'caches'].filter(
        (name) => (globalThis as unknown as Record<string, unknown>)[name] !== undefined,
      ),
    );
    assert.deepEqual(open, []);
  }
  await harness.page.evaluate(() => window.engine.dispose());
  await harness.assertNoWorkerLeft();
});

test('engines that are made and disposed again and again leave no worker behind', async () => {
  await harness.page.evaluate(async () => {
    for (let i = 0; i < 12; i++) {
      const { engine, heard } = await window.pooled({ workers: 2 });
      engine.embed(window.passages(240)).catch(() => {});
      // Disposed while the further worker starts, and when it is at work.
      while (heard.length < 2 || (i % 4 === 0 && !heard[1]!.includes('ok'))) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      engine.dispose();
    }
  });
  await harness.assertNoWorkerLeft();
});
