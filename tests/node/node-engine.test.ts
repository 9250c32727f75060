// SPDX-License-Identifier: Apache-2.0
// The package under Node, with its real worker thread, core and model.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { test } from 'node:test';
import { Worker as Thread } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { handbook, loadPackage } from './node-package.js';
import { dot, embed, loadCore, loadModel, readModel } from './real-core.js';
import { repositoryFile } from './repository.js';

const { Mayfly } = await loadPackage();
const distFile = (name: string) => repositoryFile(`web/dist/${name}`);
const startThread = () => new Thread(distFile('node/worker.js')) as unknown as Worker;

test('without an option it finds its files, and answers by words and by meaning', async () => {
  using engine = await Mayfly.create();
  const collection = engine.collection();
  await collection.add(handbook);
  const top = async (query: string, options = {}) =>
    (await collection.search(query, options)).results[0]?.id;
  assert.equal(await top('time off for a new baby'), 'leave');
  assert.equal(await top('my computer was stolen', { mode: 'semantic' }), 'laptop');
  assert.equal(await top('lunch', { mode: 'lexical' }), 'food');
  assert.equal(await top('lost', { filter: { year: { gte: 2020 } }, mode: 'semantic' }), 'leave');
});

test('vectors are those of the core alone, and near those of the fp32 model', async () => {
  const lines = gunzipSync(await readFile(repositoryFile('tests/golden/minilm/golden.jsonl.gz')));
  const golden = lines
    .toString('utf8')
    .split('\n', 20)
    .map((line) => JSON.parse(line) as { text: string; embedding: number[] })
    // The reference took markers in a text for its own.
    .filter(({ text }) => !text.includes('[CLS]'));
  const texts = golden.map(({ text }) => text);
  const core = await loadCore();
  const alone = embed(core, loadModel(core, await readModel()), texts);
  using engine = await Mayfly.create({ workers: 1 });
  const embeddings = await engine.embed(texts);
  embeddings.forEach(({ vector }, i) => {
    assert.deepEqual(vector, alone.vectors[i]);
    assert.ok(dot(vector, Float32Array.from(golden[i]!.embedding)) > 0.995, texts[i]);
  });
});

test('models that come later are read from disk too, and several workers give the same vectors', async () => {
  const model = relative(process.cwd(), distFile('models/minilm.json'));
  const staticModel = distFile('models/minilm-static.json');
  let threads = 0;
  const createWorker = () => (threads++, startThread());
  using engine = await Mayfly.create({
    ...{ model, staticModel, createWorker },
    waitFor: 'lexical',
    workers: 2,
  });
  await engine.ready;
  assert.deepEqual(engine.tiers, ['lexical', 'static', 'contextual']);
  // Long words that are a token each: much by their letters, little by the work.
  const long = 'international infrastructure administration ';
  const texts = Array.from({ length: 64 }, (_, i) => `${i} ${long.repeat(8)}`);
  const many = await engine.embed(texts);
  assert.equal(threads, 2, 'enough for a second worker');
  using one = await Mayfly.create({ workers: 1 });
  for (const place of [0, 31, 63]) {
    assert.deepEqual(many[place], await one.embed(texts[place]!));
  }
});

test('an abort rejects with its reason, and the engine goes on', async () => {
  await assert.rejects(Mayfly.create({ signal: AbortSignal.abort('early') }), /early/);
  using engine = await Mayfly.create();
  const collection = engine.collection();
  await collection.add(handbook);
  const controller = new AbortController();
  const search = collection.search('leave', { signal: controller.signal });
  controller.abort(new Error('changed my mind'));
  await assert.rejects(async () => await search, /changed my mind/);
  assert.equal((await collection.search('leave')).results[0]?.id, 'leave');
});

test('a thread that ends rejects what it owes, and a fresh one has the documents', async () => {
  const threads: Thread[] = [];
  const createWorker = () => {
    const thread = startThread();
    threads.push(thread as unknown as Thread);
    return thread;
  };
  using engine = await Mayfly.create({ createWorker });
  const collection = engine.collection();
  await collection.add(handbook);
  const owed = engine.embed('a text');
  void threads[0]!.terminate();
  await assert.rejects(owed, { code: 'worker-crashed', message: /exit code 1/ });
  assert.equal((await collection.search('leave')).results[0]?.id, 'leave');
  assert.equal(threads.length, 2);
});

test('what is pending at dispose rejects, and so does what comes later', async () => {
  const engine = await Mayfly.create();
  const pending = engine.embed('a text');
  engine.dispose();
  await assert.rejects(pending, { code: 'disposed' });
  await assert.rejects(engine.embed('a text'), { code: 'disposed' });
});

test('places and bytes of the files may be given, as URLs, paths or bytes', async () => {
  using engine = await Mayfly.create({
    model: await readFile(distFile('models/minilm-static.safetensors')),
    wasmBinary: await readFile(distFile('mayfly-core.wasm')),
    kernelPackUrl: new URL('mayfly-kernels.wasm', `file://${distFile('')}`),
    workerUrl: distFile('node/worker.js'),
    kernels: 'scalar',
  });
  assert.equal(engine.info.kernels, 'scalar');
});

test('what cannot be had is a typed error that names it', async () => {
  const cases = [
    [{ model: 'no/such.json' }, 'model-unavailable', /no\/such\.json could not be read/],
    [{ wasmUrl: 'no-such.wasm' }, 'engine-unavailable', /no-such\.wasm could not be read/],
    [{ workerUrl: 'no-such.js' }, 'engine-unavailable', /no-such\.js/],
    [{ workerUrl: 'https://example.org/worker.js' }, 'engine-unavailable', /names a file/],
    [{ createWorker: () => ({}) as Worker }, 'invalid-argument', /node:worker_threads/],
  ] as const;
  for (const [options, code, message] of cases) {
    await assert.rejects(Mayfly.create(options), { name: 'MayflyError', code, message });
  }
});
