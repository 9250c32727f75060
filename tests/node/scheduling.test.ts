// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoreBuffer, CoreCollection } from '../../web/client/core/core.js';
import { makeEngine } from './fake-worker.js';

const documents = (count: number, prefix = 'd') =>
  Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}`, text: `text ${prefix} ${i}` }));

test('a search that arrives during a long add is answered before the add ends', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add([{ id: 'first', text: 'zebra' }]);
  const order: string[] = [];
  const adding = collection.add(documents(200)).then(() => order.push('add'));
  const { results, size } = await collection.search('zebra', { k: 1 });
  order.push('search');
  await adding;
  assert.deepEqual(order, ['search', 'add']);
  assert.equal(results[0]?.id, 'first');
  assert.equal(size, 1, 'an unfinished add is not visible');
  const embedded = workers[0]!.core.embedded;
  assert.ok(embedded.indexOf('zebra', 1) < embedded.indexOf('text d 199'));
  engine.dispose();
});

test('one text is embedded before many that wait', async () => {
  const { engine } = await makeEngine();
  const order: string[] = [];
  const many = engine.embed(documents(100).map(({ text }) => text)).then(() => order.push('many'));
  const one = engine.embed('a single text').then(() => order.push('one'));
  await Promise.all([many, one]);
  assert.deepEqual(order, ['one', 'many']);
  engine.dispose();
});

test('background work of two collections takes turns', async () => {
  const { engine, workers } = await makeEngine();
  const [a, b] = [engine.collection(), engine.collection()];
  await Promise.all([a.add(documents(30, 'a')), b.add(documents(30, 'b'))]);
  const firstB = workers[0]!.core.embedded.findIndex((text) => text.includes(' b '));
  assert.ok(firstB < 29, `the second collection began after ${firstB} texts of the first`);
  engine.dispose();
});

test('changes of one collection happen in the order of the calls', async () => {
  const { engine } = await makeEngine();
  const collection = engine.collection();
  const calls = [
    collection.add(documents(20)),
    collection.remove(['d0', 'd1', 'unknown']),
    collection.add(documents(1)),
    collection.update([{ id: 'd0', text: 'changed' }]),
  ] as const;
  const [added, removed] = await Promise.all(calls);
  assert.deepEqual(added, { documents: 20, truncated: 0 });
  assert.equal(removed, 2);
  assert.equal(collection.size, 19);
  const { results } = await collection.search('changed', { k: 1 });
  assert.equal(results[0]?.text, 'changed');
  engine.dispose();
});

test('progress of an add counts up to its documents', async () => {
  const { engine, workers } = await makeEngine();
  workers[0]!.core.beforeEmbed = () => {
    const until = performance.now() + 1;
    while (performance.now() < until);
  };
  const seen: number[] = [];
  const onProgress = ({ completed, total }: { completed: number; total: number }) => {
    assert.equal(total, 200);
    seen.push(completed);
  };
  await engine.collection().add(documents(200), { onProgress });
  assert.ok(seen.length >= 2, 'progress was reported');
  assert.equal(seen.at(-1), 200, 'the last report is the whole');
  assert.deepEqual(
    seen,
    [...seen].sort((x, y) => x - y),
  );
  engine.dispose();
});

test('every object of the core is deleted when the calls are over', async () => {
  const { engine, workers } = await makeEngine();
  const core = workers[0]!.core;
  const before = core.alive.size;
  const collection = engine.collection();
  await collection.add(documents(5));
  await collection.search('text');
  await engine.embed(['a', 'b']);
  await engine.tokenize('a');
  await assert.rejects(collection.add(documents(1)), { code: 'duplicate-id' });
  await assert.rejects(collection.update(documents(1, 'x')), { code: 'not-found' });
  await collection.remove('d1');
  await collection.clear();
  collection.dispose();
  await engine.embed('settle');
  assert.equal(core.alive.size, before, 'only the model remains');
  engine.dispose();
});

test('a long removal lets searches in between, and once begun it is done to the end', async () => {
  const { engine, workers } = await makeEngine();
  const core = workers[0]!.core;
  const collection = engine.collection();
  await collection.add(documents(400));
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const { remove } = core.Collection.prototype as CoreCollection;
  core.Collection.prototype.remove = function (this: CoreCollection, ids: CoreBuffer) {
    begin();
    const until = performance.now() + 2;
    while (performance.now() < until);
    return remove.call(this, ids);
  };
  const order: string[] = [];
  const ids = documents(390).map(({ id }) => id);
  const controller = new AbortController();
  const removing = collection.remove(ids, { signal: controller.signal });
  const outcome = removing.catch((error: Error) => order.push(error.name));
  await begun;
  const { size } = await collection.search('text');
  assert.ok(size > 10 && size < 400, `${size} in the middle`);
  order.push('search');
  controller.abort();
  await outcome;
  assert.deepEqual(order, ['search', 'AbortError']);
  await collection.add(documents(1));
  assert.deepEqual([collection.size, (await collection.search('text')).size], [11, 11]);
  engine.dispose();
});
