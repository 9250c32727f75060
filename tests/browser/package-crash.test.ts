// SPDX-License-Identifier: Apache-2.0
// Workers that die, each in its own way: nothing stays pending, nothing is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as Package from '../../web/client/index.js';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness();

for (const [death, kill] of [
  ['is terminated from outside', () => (window['worker'] as Worker).terminate()],
  ['throws what nothing catches', 'throw'],
  ['never returns from a loop', 'loop'],
] as const) {
  test(`when the worker ${death}, 100 pending calls reject and the next search works`, async () => {
    await harness.page.evaluate(async () => {
      window.engine = await window.mayfly.Mayfly.create({
        unresponsiveAfterMs: 1500,
        createWorker: () => {
          const worker = new Worker('/mayfly/worker.js', { type: 'module' });
          window['worker'] = worker;
          return worker;
        },
      });
      const collection = window.engine.collection();
      await collection.add([
        { id: 'cat', text: 'A kitten was resting on the rug' },
        { id: 'code', text: 'Python is a programming language' },
      ]);
      window['collection'] = collection;
      window['before'] = (await collection.search('cats')).results;
      const long = 'words of a long text that takes a while '.repeat(30);
      window['pending'] = Promise.allSettled(
        Array.from({ length: 100 }, (_, i) => window.engine.embed([`${i} ${long}`, long, long])),
      );
    });
    const [worker] = harness.page.workers();
    assert.ok(worker);
    if (typeof kill === 'function') await harness.page.evaluate(kill);
    else if (kill === 'throw') {
      await worker.evaluate(
        () =>
          void setTimeout(() => {
            throw new Error('boom');
          }),
      );
    } else {
      await worker.evaluate(
        () =>
          void setTimeout(() => {
            for (;;);
          }),
      );
    }
    const outcome = await harness.page.evaluate(async () => {
      const settled = await (window['pending'] as Promise<PromiseSettledResult<unknown>[]>);
      const collection = window['collection'] as Package.Collection;
      const { results } = await collection.search('cats');
      return {
        codes: settled.map((one) => (one.status === 'rejected' ? one.reason.code : 'fulfilled')),
        names: [...new Set(settled.map((one) => one.status === 'rejected' && one.reason.name))],
        results,
        before: window['before'],
      };
    });
    const crashed = outcome.codes.filter((code) => code === 'worker-crashed').length;
    const earlier = outcome.codes.filter((code) => code === 'fulfilled').length;
    assert.equal(crashed + earlier, 100, String(outcome.codes));
    assert.ok(crashed > 50, `${crashed} calls were pending`);
    assert.deepEqual(outcome.results, outcome.before, 'the same results from the fresh worker');
  });
}
