// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEngine, type FakeWorker } from './fake-worker.js';

const documents = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `d${i}`, text: `passage ${i}` }));

const operations = (worker: FakeWorker) =>
  worker.received.map((message) => (message.type === 'call' ? message.op : message.type));

test('an abort rejects at once with the reason, and the worker stops embedding', async () => {
  const { engine, workers } = await makeEngine();
  const core = workers[0]!.core;
  const collection = engine.collection();
  const controller = new AbortController();
  const reason = new Error('the visitor left');
  core.beforeEmbed = () => {
    if (core.embedded.length === 10) controller.abort(reason);
  };
  await assert.rejects(
    collection.add(documents(1000), { signal: controller.signal }),
    (error) => error === reason,
  );
  const { results, size } = await collection.search('passage');
  assert.deepEqual([results.length, size, collection.size], [0, 0, 0], 'nothing was added');
  const stopped = core.embedded.length;
  await engine.embed('another text');
  assert.equal(core.embedded.length, stopped + 1, 'the aborted add did not go on');
  assert.ok(stopped < 20, `${stopped} texts were embedded after an abort at 10`);
  engine.dispose();
});

test('an abort without reason rejects with an AbortError', async () => {
  const { engine } = await makeEngine();
  const controller = new AbortController();
  const adding = engine.collection().add(documents(100), { signal: controller.signal });
  controller.abort();
  await assert.rejects(adding, { name: 'AbortError' });
  engine.dispose();
});

test('a signal that is already aborted rejects every method without work', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add(documents(1));
  const before = operations(workers[0]!).length;
  const signal = AbortSignal.abort();
  const calls = [
    () => engine.embed('a', { signal }),
    () => engine.embed(['a', 'b'], { signal }),
    () => engine.tokenize('a', { signal }),
    () => collection.add([{ id: 'x', text: 'x' }], { signal }),
    () => collection.update(documents(1), { signal }),
    () => collection.remove('d0', { signal }),
    () => collection.clear({ signal }),
    () => collection.search('a', { signal }),
  ];
  for (const call of calls) await assert.rejects(call(), { name: 'AbortError' });
  assert.equal(operations(workers[0]!).length, before, 'nothing was sent to the worker');
  assert.equal(collection.size, 1);
  engine.dispose();
});

test('an add that finished while its abort was on the way is taken back', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add([{ id: 'old', text: 'old' }]);
  const controller = new AbortController();
  const adding = collection.add(documents(3), { signal: controller.signal });
  // The worker has answered, and the answer has not arrived yet.
  const worker = workers[0]!;
  worker.core.beforeEmbed = (text) => {
    if (text === 'passage 2') controller.abort();
  };
  await assert.rejects(adding, { name: 'AbortError' });
  const { results } = await collection.search('passage');
  assert.deepEqual(
    results.map(({ id }) => id),
    ['old'],
  );
  assert.equal(collection.size, 1);
  assert.ok(operations(worker).includes('remove'), 'the crossing did happen');
  engine.dispose();
});

test('an update that finished while its abort was on the way is taken back', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add([{ id: 'd0', text: 'old text' }]);
  const controller = new AbortController();
  workers[0]!.core.beforeEmbed = (text) => {
    if (text === 'new text') controller.abort();
  };
  const updating = collection.update([{ id: 'd0', text: 'new text' }], {
    signal: controller.signal,
  });
  await assert.rejects(updating, { name: 'AbortError' });
  const { results } = await collection.search('text');
  assert.equal(results[0]?.text, 'old text');
  engine.dispose();
});

test('an abort of one call leaves the others alone', async () => {
  const { engine } = await makeEngine();
  const collection = engine.collection();
  const controller = new AbortController();
  const first = collection.add(documents(50), { signal: controller.signal });
  const second = collection.add([{ id: 'kept', text: 'kept' }]);
  const search = collection.search('kept');
  controller.abort();
  await assert.rejects(first, { name: 'AbortError' });
  assert.deepEqual(await second, { documents: 1, truncated: 0 });
  await search;
  assert.equal(collection.size, 1);
  engine.dispose();
});
