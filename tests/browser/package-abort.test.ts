// SPDX-License-Identifier: Apache-2.0
// Aborts in the built package: prompt, complete, and told by both sides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness();

test('a long add can be aborted: it rejects with the reason, stops, and adds nothing', async (t) => {
  await harness.createEngine();
  const outcome = await harness.page.evaluate(async () => {
    const text = 'a passage of some length about travel, leave and equipment, '.repeat(12);
    const documents = Array.from({ length: 2000 }, (_, i) => ({
      id: `d${i}`,
      text: `${i} ${text}`,
    }));
    const collection = window.engine.collection();
    await collection.add([{ id: 'before', text: 'what was there before' }]);
    const controller = new AbortController();
    const progress: number[] = [];
    let abortedAt = 0;
    const error = await collection
      .add(documents, {
        signal: controller.signal,
        onProgress: ({ completed }) => {
          progress.push(completed);
          if (progress.length !== 3) return;
          abortedAt = performance.now();
          controller.abort(new Error('the visitor left'));
        },
      })
      .then(() => undefined, String);
    const rejectedAfterMs = performance.now() - abortedAt;
    // Answered only when the worker has let go of the add.
    const { size, results } = await collection.search('what was there before', { k: 3 });
    const answeredAfterMs = performance.now() - abortedAt;
    const reports = progress.length;
    await window.engine.embed(['one', 'two', 'three']);
    const wentOn = progress.length - reports;
    return {
      error,
      size,
      first: results[0]?.id,
      progress,
      wentOn,
      rejectedAfterMs,
      answeredAfterMs,
    };
  });
  assert.equal(outcome.error, 'Error: the visitor left');
  assert.deepEqual([outcome.size, outcome.first], [1, 'before']);
  assert.ok(Math.max(...outcome.progress) < 2000);
  assert.equal(outcome.progress.length, 3, 'no progress is reported after the abort');
  assert.equal(outcome.wentOn, 0);
  t.diagnostic(`rejected after ${outcome.rejectedAfterMs.toFixed(1)} ms`);
  t.diagnostic(`a search was answered after ${outcome.answeredAfterMs.toFixed(1)} ms`);
});

test('after an abort the worker has acknowledged before it works on anything else', async (t) => {
  const heard = await harness.page.evaluate(async () => {
    const log: { at: number; type: string }[] = [];
    window.engine = await window.mayfly.Mayfly.create({
      createWorker: () => {
        const worker = new Worker('/mayfly/worker.js', { type: 'module' });
        worker.addEventListener('message', ({ data }) =>
          log.push({ at: performance.now(), type: data.type }),
        );
        return worker;
      },
    });
    const text = 'a passage about travel and leave. '.repeat(20);
    const documents = Array.from({ length: 500 }, (_, i) => ({
      id: `d${i}`,
      text: `${i} ${text}`,
    }));
    const controller = new AbortController();
    const adding = window.engine.collection().add(documents, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const abortedAt = performance.now();
    controller.abort();
    const name = await adding.catch((error: Error) => error.name);
    await window.engine.embed('afterwards');
    return { name, messages: log.map(({ at, type }) => ({ type, after: at - abortedAt })) };
  });
  assert.equal(heard.name, 'AbortError');
  const later = heard.messages.filter(({ after }) => after > 0);
  const acknowledged = later.findIndex(({ type }) => type === 'cancelled');
  assert.notEqual(acknowledged, -1, 'the worker says that it has stopped');
  assert.deepEqual(
    later.slice(acknowledged + 1).filter(({ type }) => type === 'progress'),
    [],
    'and reports no progress from then on',
  );
  t.diagnostic(`stopped ${later[acknowledged]?.after.toFixed(1)} ms after the abort`);
});
