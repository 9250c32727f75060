// SPDX-License-Identifier: Apache-2.0
// Models that come one after the other: what works before, meanwhile, and when one never comes.
import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import type { MayflyOptions } from '../../web/client/index.js';
import { toLoadPlan } from '../../web/client/load-request.js';
import { Connection } from '../../web/client/protocol/connection.js';
import { makeEngine } from './fake-worker.js';
import { serveGatedModel } from './gated-model.js';

const documents = (count: number, prefix = 'd') =>
  Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    text: `passage ${prefix} ${i}`,
  }));
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
const STATIC = new Uint8Array([2]);
const BROKEN = new Uint8Array([0]);

async function makeGated(t: TestContext, options: Parameters<typeof makeEngine>[0] = {}) {
  const gate = await serveGatedModel(new Uint8Array([1]));
  t.after(() => gate.close());
  const made = await makeEngine({
    staticModel: STATIC,
    model: gate.url,
    integrity: false,
    waitFor: 'static',
    ...options,
  });
  t.after(() => made.engine.dispose());
  return { ...made, gate };
}

test('before any model is there documents are found by their words', async (t) => {
  const { engine, gate } = await makeGated(t, { waitFor: 'lexical', staticModel: undefined });
  assert.deepEqual(engine.tiers, ['lexical']);
  assert.throws(() => engine.info, { code: 'model-unavailable' });
  const collection = engine.collection();
  await collection.add(documents(30));
  const before = await collection.search('passage 7');
  assert.deepEqual([before.results[0]?.id, before.tier, before.final], ['d7', 'lexical', false]);
  const semantic = { code: 'model-unavailable' };
  await assert.rejects(collection.search('passage', { mode: 'semantic' }), semantic);
  const embedding = engine.embed('abc');
  gate.open();
  assert.equal((await embedding).vector.length, 26, 'embed waits for the model');
  await engine.ready;
  assert.deepEqual(engine.tiers, ['lexical', 'contextual']);
  await collection.embedded();
  const after = await collection.search('passage 7', { mode: 'semantic', rerank: 0 });
  assert.deepEqual([after.coverage, after.final, after.size], [1, true, 30]);
});

test('models come after what they shall come after, however that ends', async (t) => {
  for (const ends of [true, false]) {
    let end = () => {};
    const before = new Promise<void>((resolve, reject) => {
      end = ends ? resolve : () => reject(new Error('no text'));
    });
    const { engine, gate } = await makeGated(t, { waitFor: 'lexical', modelsAfter: before });
    gate.open();
    const collection = engine.collection();
    await collection.add(documents(3), { until: 'searchable' });
    await settle();
    assert.deepEqual([engine.tiers, gate.requests], [['lexical'], 0]);
    assert.equal((await collection.search('passage 2')).final, false, 'better ones are expected');
    end();
    await engine.ready;
    assert.deepEqual(engine.tiers, ['lexical', 'static', 'contextual']);
  }
  const { engine } = await makeGated(t, { waitFor: 'lexical', modelsAfter: new Promise(() => {}) });
  const { ready } = engine;
  engine.dispose();
  await assert.rejects(ready, { code: 'disposed' });
});

test('documents added while a model is on its way get its vectors, each once', async (t) => {
  const { engine, gate, workers } = await makeGated(t);
  const collection = engine.collection();
  const kept = engine.collection({ restore: false });
  await Promise.all([collection.add(documents(20)), kept.add(documents(20, 'k'))]);
  assert.deepEqual(engine.tiers, ['lexical', 'static']);
  assert.equal((await collection.search('passage')).tier, 'static');
  gate.open();
  const late = collection.add(documents(300, 'late'));
  await engine.ready;
  await late;
  await Promise.all([collection.embedded(), kept.embedded()]);
  const { embedded, embeddedStatic } = workers[0]!.core;
  assert.deepEqual([embedded.length, new Set(embedded).size], [340, 340]);
  for (const [one, size] of [
    [collection, 320],
    [kept, 20],
  ] as const) {
    const { tier, coverage, final, size: searched } = await one.search('passage');
    assert.deepEqual([tier, coverage, final, searched], ['contextual', 1, true, size]);
  }
  assert.equal(new Set(embeddedStatic.filter((text) => text !== 'passage')).size, 340);
});

test('a model that cannot be loaded is told by `ready`; searches go on without it', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { engine } = await makeEngine({ staticModel: STATIC, model: BROKEN, waitFor: 'static' });
  const collection = engine.collection();
  await collection.add(documents(5));
  await collection.embedded();
  await settle();
  await assert.rejects(engine.ready, { code: 'invalid-model' });
  await assert.rejects(engine.embed('abc'), { code: 'invalid-model' });
  const answers = [];
  for await (const { tier, final } of collection.search('passage 3')) answers.push([tier, final]);
  assert.deepEqual(answers, [
    ['lexical', false],
    ['static', true],
  ]);
  assert.equal((await collection.search('passage 3')).final, true);
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
  engine.dispose();
});

test('an iteration that waits for a model ends with a final answer when it cannot be had', async (t) => {
  const { engine, gate, workers } = await makeGated(t, { waitFor: 'lexical' });
  const collection = engine.collection();
  await engine.collection().add(documents(1));
  await collection.add(documents(5));
  const { load } = workers[0]!.core.Model;
  workers[0]!.core.Model.load = (file) => {
    if (file.view()[0] === 2) return load(file);
    throw Object.assign(new Error('broken'), { code: 'invalid-model' });
  };
  const answers = [];
  for await (const { tier, final } of collection.search('passage 3')) {
    answers.push([tier, final]);
    gate.open();
  }
  assert.deepEqual(answers.at(-1), ['static', true]);
  await assert.rejects(engine.ready, { code: 'invalid-model' });
});

test('a crash while a model is on its way: the next call brings it again', async (t) => {
  const { engine, gate, workers } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(documents(12));
  const ready = engine.ready;
  ready.catch(() => {});
  workers[0]!.crash('boom');
  await assert.rejects(ready, { code: 'worker-crashed' });
  await collection.embedded();
  const { tier, size, final } = await collection.search('passage');
  assert.deepEqual([tier, size, final], ['static', 12, false]);
  gate.open();
  await engine.ready;
  await collection.embedded();
  const after = await collection.search('passage', { rerank: 0 });
  assert.deepEqual([after.tier, after.coverage, after.final], ['contextual', 1, true]);
  assert.equal(gate.abandoned, 1, 'the first download was given up');
});

test('a model that comes while a collection is restored reads its documents too', async (t) => {
  let opened = () => {};
  const { engine, gate, workers } = await makeGated(t, {
    onWorker: ({ core }, place) => {
      if (place !== 1) return;
      // In the middle of the restoration, which reads by the static model.
      core.beforeEmbed = () => {
        if (core.embeddedStatic.length === 5) opened();
        const until = performance.now() + 3;
        while (performance.now() < until);
      };
    },
  });
  const collection = engine.collection();
  gate.open();
  await engine.ready;
  await collection.add(documents(60));
  gate.shut();
  opened = () => gate.open();
  workers[0]!.crash('boom');
  const searching = collection.search('passage', { rerank: 0 });
  await searching;
  await engine.ready;
  await collection.embedded();
  const { tier, coverage } = await collection.search('passage', { rerank: 0 });
  assert.deepEqual([tier, coverage], ['contextual', 1]);
});

test('dispose gives up the download of a model', async (t) => {
  const { engine, gate } = await makeGated(t);
  while (gate.requests === 0) await settle();
  const ready = engine.ready;
  ready.catch(() => {});
  engine.dispose();
  await assert.rejects(ready, { code: 'disposed' });
  await settle();
  assert.equal(gate.abandoned, 1);
});

test('the plan: what the worker loads itself, and what the page brings later', () => {
  const counts = (options: MayflyOptions) => {
    const { first, later } = toLoadPlan({ model: 'https://a.test/m.json', ...options });
    return [first.models.length, later.length];
  };
  const staticModel = STATIC;
  assert.deepEqual(counts({}), [1, 0]);
  assert.deepEqual(counts({ staticModel }), [2, 0]);
  assert.deepEqual(counts({ staticModel, waitFor: 'contextual' }), [2, 0]);
  assert.deepEqual(counts({ staticModel, waitFor: 'static' }), [1, 1]);
  assert.deepEqual(counts({ staticModel, waitFor: 'lexical' }), [0, 2]);
  assert.deepEqual(counts({ waitFor: 'static' }), [0, 1]);
  assert.deepEqual(counts({ model: null }), [0, 0]);
  assert.deepEqual(counts({ model: null, staticModel }), [1, 0]);
  const wrong = { waitFor: 'semantic' as never };
  assert.throws(() => counts(wrong), { code: 'invalid-argument', message: /waitFor/ });
  const [model] = toLoadPlan({ model: STATIC, sha256: 'AB' }).first.models;
  assert.deepEqual([model?.sha256, model?.integrity], ['ab', true]);
});

test('without any model there are words', async () => {
  const { engine } = await makeEngine({ model: null });
  const collection = engine.collection();
  const progress: number[] = [];
  await collection.add(documents(4), { onProgress: ({ completed }) => progress.push(completed) });
  const { results, tier, final, coverage } = await collection.search('passage 2');
  assert.deepEqual([results[0]?.id, tier, final, coverage], ['d2', 'lexical', true, 1]);
  assert.deepEqual(progress, [4]);
  await engine.ready;
  await assert.rejects(engine.embed('a'), { code: 'model-unavailable' });
  await assert.rejects(engine.tokenize('a'), { code: 'model-unavailable' });
  engine.dispose();
});

test('a worker that unpacks a model may be silent for longer, whatever is asked meanwhile', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  try {
    const silent = Object.assign(new EventTarget(), { postMessage() {}, terminate() {} });
    let dead = false;
    const connection = new Connection(silent as never, 500, () => (dead = true));
    const pending = [
      connection.call('addModel', {} as never),
      connection.call('search', {} as never),
    ];
    for (const call of pending) call.catch(() => {});
    mock.timers.tick(2500);
    assert.equal(dead, false, 'five times the silence');
    mock.timers.tick(1000);
    assert.equal(dead, true, 'but not for ever');
  } finally {
    mock.timers.reset();
  }
});
