// SPDX-License-Identifier: Apache-2.0
// Documents are found by their words at once and read afterwards: what an abort, a removal or another
// change in between leaves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Collection, MayflyOptions } from '../../web/client/index.js';
import { makeEngine } from './fake-worker.js';

const documents = (count: number, prefix = 'd') =>
  Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    text: `passage ${prefix} ${i}`,
  }));
const STATIC = new Uint8Array([2]);

/** Ids and texts of everything, in order of the ids: by words, so that nothing needs vectors. */
async function contents(collection: Collection): Promise<string[]> {
  const { results } = await collection.search('passage', { mode: 'lexical', k: 10_000 });
  return results.map(({ id, text }) => `${id}: ${text}`).sort();
}

async function make(options: MayflyOptions = {}) {
  const made = await makeEngine({ staticModel: STATIC, ...options });
  return { ...made, core: made.workers[0]!.core };
}

test('until searchable: found by words before the transformer has read it', async () => {
  const { engine, core } = await make();
  const collection = engine.collection();
  const summary = await collection.add(documents(100), { until: 'searchable' });
  assert.deepEqual([summary, collection.size], [{ documents: 100, truncated: 0 }, 100]);
  assert.ok(core.embedded.length < 100, `${core.embedded.length} were read`);
  const { results } = await collection.search('passage 63', { mode: 'lexical', k: 1 });
  assert.equal(results[0]?.id, 'd63');
  await collection.embedded();
  assert.equal(core.embedded.length, 100);
  await assert.rejects(collection.add([], { until: 'later' as never }), {
    code: 'invalid-argument',
    message: /until/,
  });
  engine.dispose();
});

test('documents that are on their way to the worker are waited for like those that it reads', async () => {
  const { engine } = await make();
  const collection = engine.collection();
  const adding = collection.add(documents(60));
  await collection.embedded();
  const { size, coverage } = await collection.search('passage', { rerank: 0 });
  assert.deepEqual([size, coverage], [60, 1]);
  await adding;
  engine.dispose();
});

test('an abort after `searchable` was told comes too late: all is read', async () => {
  const { engine } = await make();
  const collection = engine.collection();
  const controller = new AbortController();
  await collection.add(documents(50), { until: 'searchable', signal: controller.signal });
  controller.abort();
  await collection.embedded();
  const { size, coverage } = await collection.search('passage', { rerank: 0 });
  assert.deepEqual([size, coverage, collection.size], [50, 1, 50]);
  engine.dispose();
});

for (const restore of [true, false]) {
  const how = restore ? 'that is kept' : 'that is not kept';
  test(`an abort while documents are read takes them back, of a collection ${how}`, async () => {
    const { engine, workers, core } = await make();
    const collection = engine.collection({ restore });
    await collection.add(documents(3, 'old'));
    const before = await contents(collection);
    const controller = new AbortController();
    core.beforeEmbed = (text) => {
      if (text === 'passage new 20') controller.abort();
    };
    const adding = collection.add(documents(200, 'new'), { signal: controller.signal });
    await assert.rejects(adding, { name: 'AbortError' });
    assert.deepEqual(await contents(collection), before, 'in the worker');
    assert.equal(collection.size, 3);
    assert.ok(core.embedded.length < 100, 'nothing is read for nobody');
    await collection.add(documents(2, 'new'));
    assert.equal(collection.size, 5, 'the ids are free again');
    if (restore) {
      workers[0]!.crash('boom');
      assert.equal((await contents(collection)).length, 5, 'and in what is kept');
    }
    engine.dispose();
  });
}

test('an update that is aborted while it is read is taken back, with its vectors', async () => {
  const { engine, workers, core } = await make();
  const collection = engine.collection();
  await collection.add(documents(20));
  const before = await contents(collection);
  const controller = new AbortController();
  core.beforeEmbed = (text, tier) => {
    if (tier === 2 && text === 'passage changed 10') controller.abort();
  };
  const changed = documents(20).map(({ id }, i) => ({ id, text: `passage changed ${i}` }));
  const updating = collection.update(changed, { signal: controller.signal });
  await assert.rejects(updating, { name: 'AbortError' });
  assert.deepEqual(await contents(collection), before);
  await collection.embedded();
  const { coverage } = await collection.search('passage', { rerank: 0 });
  assert.equal(coverage, 1, 'the old texts are read again');
  workers[0]!.crash('boom');
  assert.deepEqual(await contents(collection), before, 'kept as they were');
  engine.dispose();
});

test('what was removed or replaced while an add was read stays so when the add is aborted', async () => {
  const { engine, core } = await make();
  const collection = engine.collection();
  const controller = new AbortController();
  const adding = collection.add(documents(400), { signal: controller.signal });
  adding.catch(() => {});
  const removed = await collection.remove(['d1', 'd2']);
  await collection.update([{ id: 'd3', text: 'passage replaced' }], { until: 'searchable' });
  assert.equal(removed, 2);
  assert.ok(core.embedded.length < 400, 'the add is still being read');
  controller.abort();
  await assert.rejects(adding, { name: 'AbortError' });
  assert.deepEqual(await contents(collection), ['d3: passage replaced']);
  assert.equal(collection.size, 1);
  engine.dispose();
});

test('a removal and an abort that cross leave the size right', async () => {
  for (const restore of [true, false]) {
    const { engine } = await make();
    const collection = engine.collection({ restore });
    await collection.add(documents(10, 'old'));
    const controller = new AbortController();
    const adding = collection.add(documents(400), { signal: controller.signal });
    adding.catch(() => {});
    await collection.search('passage', { mode: 'lexical' });
    const removing = collection.remove(['d1', 'd2', 'old1']);
    // In the turn in which it is sent.
    await Promise.resolve();
    for (let i = 0; i < 20; i++) await null;
    controller.abort();
    await assert.rejects(adding, { name: 'AbortError' });
    await removing;
    assert.deepEqual([(await contents(collection)).length, collection.size], [9, 9], `${restore}`);
    engine.dispose();
  }
});

test('two updates of one document, both aborted in either order, leave the first text', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { engine, workers, core } = await make();
    const collection = engine.collection();
    await collection.add([{ id: 'a', text: 'passage first' }]);
    core.beforeEmbed = () => {
      const until = performance.now() + 1;
      while (performance.now() < until);
    };
    // Others beside it, so that reading takes a while.
    await collection.add(documents(200, 'x'), { until: 'searchable' });
    const controllers = [new AbortController(), new AbortController()];
    const updates = controllers.map(({ signal }, i) =>
      collection.update([{ id: 'a', text: `passage ${i}` }], { signal }),
    );
    for (const update of updates) update.catch(() => {});
    await contents(collection);
    await contents(collection);
    for (const i of order) {
      controllers[i]!.abort();
      await assert.rejects(updates[i]!, { name: 'AbortError' });
    }
    const expected = 'a: passage first';
    assert.equal((await contents(collection))[0], expected, String(order));
    workers[0]!.crash('boom');
    core.beforeEmbed = () => {};
    assert.equal((await contents(collection))[0], expected, `kept, ${order}`);
    engine.dispose();
  }
});

test('documents that are removed while they are read are passed over', async () => {
  const { engine, core } = await make();
  const collection = engine.collection();
  const adding = collection.add(documents(300));
  const removed = await collection.remove(documents(290).map(({ id }) => id));
  const { documents: added } = await adding;
  assert.deepEqual([removed, added, collection.size], [290, 300, 10]);
  assert.ok(core.embedded.length < 300, `${core.embedded.length} were read`);
  const { coverage, size } = await collection.search('passage', { rerank: 0 });
  assert.deepEqual([coverage, size], [1, 10]);
  await collection.clear();
  assert.equal(collection.size, 0);
  engine.dispose();
});

test('a clear during an add, and its abort afterwards, leave nothing', async () => {
  for (const restore of [true, false]) {
    const { engine } = await make();
    const collection = engine.collection({ restore });
    const controller = new AbortController();
    const adding = collection.add(documents(300), { signal: controller.signal });
    adding.catch(() => {});
    await collection.clear();
    controller.abort();
    await assert.rejects(adding, { name: 'AbortError' });
    await collection.add(documents(1));
    assert.deepEqual([collection.size, (await contents(collection)).length], [1, 1]);
    engine.dispose();
  }
});

test('a disposed collection learns nothing from answers that were on their way', async () => {
  const { engine, core } = await make();
  const collection = engine.collection();
  const calls = [collection.add(documents(5)), collection.remove('d1')];
  for (const call of calls) call.catch(() => {});
  await engine.embed('let them begin');
  collection.dispose();
  await Promise.allSettled(calls);
  await engine.embed('settle');
  assert.equal(collection.size, 0);
  assert.equal(core.alive.size, 2, 'only the models remain');
  engine.dispose();
});

test('an add through several workers and models gives the collection of one worker', async () => {
  const long = (i: number) => `${'abcdefghij'[i % 10]} passage ${i} `.padEnd(58, 'klmnop'[i % 6]);
  const many = Array.from({ length: 700 }, (_, i) => ({
    id: `d${i}`,
    text: long(i),
    title: `Title ${i % 3}`,
    headings: ['One', `Two ${i}`],
    metadata: { lang: i % 2 ? 'en' : 'de' },
  }));
  const found = async (count: number) => {
    const { engine, workers } = await make({ workers: count });
    const collection = engine.collection();
    await collection.add(many);
    // Changed while others are read: its vectors must be those of the new text.
    await Promise.all([
      collection.update(many.slice(0, 650).map((one, i) => ({ ...one, text: long(i + 3) }))),
      collection.update([{ id: 'd640', text: 'passage of another kind' }]),
    ]);
    const queries = [long(5), 'another kind', long(123)];
    const answers = [];
    for (const query of queries) {
      for (const filter of [undefined, { lang: 'en' }]) {
        const { elapsedMs: _, ...answer } = await collection.search(query, {
          k: 700,
          rerank: 0,
          ...(filter && { filter }),
        });
        answers.push(answer);
      }
    }
    const used = workers.filter(({ core }) => core.embedded.length > 0).length;
    assert.equal(used, count);
    engine.dispose();
    return answers;
  };
  assert.deepEqual(await found(3), await found(1));
});

test('moreLikeThis finds the neighbours of a document and leaves it out', async () => {
  const { engine } = await make();
  const collection = engine.collection<{ page: string }>();
  await collection.add([
    { id: 'a', text: 'aaab', title: 'aa', metadata: { page: 'x' } },
    { id: 'b', text: 'aaabb', metadata: { page: 'x' } },
    { id: 'c', text: 'aabbb', metadata: { page: 'y' } },
    { id: 'd', text: 'zzz', metadata: { page: 'y' } },
  ]);
  const ids = async (options = {}) =>
    (await collection.moreLikeThis('a', options)).results.map(({ id }) => id);
  assert.deepEqual(await ids(), ['b', 'c', 'd']);
  assert.deepEqual(await ids({ k: 1 }), ['b']);
  assert.deepEqual(await ids({ k: 10_000 }), ['b', 'c', 'd'], 'the most that can be asked for');
  assert.deepEqual(await ids({ groupBy: 'page' }), ['b', 'c'], 'its own group is found without it');
  assert.deepEqual(await ids({ filter: { page: 'y' } }), ['c', 'd']);
  await assert.rejects(collection.moreLikeThis('nobody'), { code: 'not-found' });
  await assert.rejects(collection.moreLikeThis(5 as never), { code: 'invalid-argument' });
  await collection.remove('a');
  await assert.rejects(collection.moreLikeThis('a'), { code: 'not-found' });
  const unkept = engine.collection({ restore: false });
  await unkept.add([{ id: 'a', text: 'a' }]);
  await assert.rejects(unkept.moreLikeThis('a'), { code: 'not-found' });
  engine.dispose();
  await assert.rejects(collection.moreLikeThis('b'), { code: 'disposed' });
});

test('ids, titles and headings with odd characters come back as they were', async () => {
  const { engine } = await make();
  const collection = engine.collection();
  const odd = ['__proto__', 'constructor', '\u0000', ' ', 'a\nb', '😀', 'ü"\\', '../x', '0', '00'];
  await collection.add(
    odd.map((id) => ({ id, text: `passage ${id}`, title: id, headings: [`1 ${id.trim()}`, '2'] })),
  );
  const { results } = await collection.search('passage', { mode: 'lexical', k: 20 });
  assert.deepEqual(results.map(({ id }) => id).sort(), [...odd].sort());
  for (const { id, title, text } of results) {
    assert.deepEqual([title, text], [id, `passage ${id}`]);
  }
  await collection.update([{ id: '__proto__', text: 'passage changed' }]);
  assert.equal(await collection.remove(odd), odd.length);
  assert.equal(collection.size, 0);
  engine.dispose();
});
