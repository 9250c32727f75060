// SPDX-License-Identifier: Apache-2.0
// Several workers for bulk work: what callers see is what one worker gives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pool } from '../../web/client/pool/pool.js';
import { Connection } from '../../web/client/protocol/connection.js';
import { InThreadWorker, makeEngine, type FakeWorker } from './fake-worker.js';

const letter = (i: number) => String.fromCharCode(97 + (i % 26));
/** About 15 estimated tokens each; the vectors of neighbours differ. */
const text = (i: number) => `${letter(i)}${letter(i * 7)} passage ${i} `.padEnd(58, letter(i * 3));
const texts = (count: number) => Array.from({ length: count }, (_, i) => text(i));
const documents = (count: number, prefix = 'd') =>
  Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}`, text: text(i), metadata: i }));

const embeddedBy = (workers: FakeWorker[]) => workers.map(({ core }) => core.embedded.length);
const allEmbedded = (workers: FakeWorker[]) => workers.flatMap(({ core }) => core.embedded);
const calls = (worker: FakeWorker, op: string) =>
  worker.received.filter((message) => message.type === 'call' && message.op === op).length;

test('all workers embed many texts, each once, with the vectors and order of one worker', async () => {
  const alone = await makeEngine();
  const expected = await alone.engine.embed(texts(900));
  alone.engine.dispose();
  const { engine, workers } = await makeEngine({ workers: 3 });
  const embeddings = await engine.embed(texts(900));
  assert.deepEqual(embeddings, expected);
  assert.equal(workers.length, 3);
  for (const count of embeddedBy(workers)) assert.ok(count > 0, String(embeddedBy(workers)));
  assert.deepEqual(allEmbedded(workers).sort(), texts(900).sort());
  engine.dispose();
});

test('queries, single texts and small arrays start no further worker', async () => {
  const { engine, workers } = await makeEngine({ workers: 4 });
  const collection = engine.collection();
  await collection.add(documents(20));
  for (let i = 0; i < 20; i++) await collection.search(`query ${i}`);
  await engine.embed('x'.repeat(100_000));
  await engine.embed(texts(30));
  assert.equal(workers.length, 1);
  engine.dispose();
});

test('many small adds one after the other start further workers in the end', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  const collection = engine.collection();
  for (let i = 0; i < 20; i++) await collection.add(documents(30, `batch ${i} `));
  assert.equal(workers.length, 2);
  assert.ok(embeddedBy(workers)[1]! > 0);
  assert.equal((await collection.search(text(3), { k: 1 })).size, 600);
  engine.dispose();
});

test('an add through several workers gives the collection of one worker', async () => {
  const found = async (count: number) => {
    const { engine, workers } = await makeEngine({ workers: count });
    const collection = engine.collection<number>();
    const progress: number[] = [];
    const summary = await collection.add(documents(700), {
      onProgress: ({ completed }) => progress.push(completed),
    });
    const { results, size } = await collection.search(text(123), { k: 700 });
    assert.equal(embeddedBy(workers).filter((embedded) => embedded > 0).length, count);
    assert.deepEqual(
      progress,
      [...progress].sort((a, b) => a - b),
    );
    assert.equal(progress.at(-1), 700);
    engine.dispose();
    return { summary, results, size, own: collection.size };
  };
  assert.deepEqual(await found(3), await found(1));
});

test('a query is answered ahead of a bulk add, and sees nothing of it', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  const collection = engine.collection();
  await collection.add([{ id: 'first', text: 'zebra' }]);
  const order: string[] = [];
  const adding = collection.add(documents(900)).then(() => order.push('add'));
  const { results, size } = await collection.search('zebra', { k: 1 });
  order.push('search');
  await adding;
  assert.deepEqual(order, ['search', 'add']);
  assert.deepEqual([results[0]?.id, size], ['first', 1]);
  const place = workers[0]!.core.embedded.indexOf('zebra', 1);
  assert.ok(place >= 0, 'the home worker answers it');
  assert.ok(embeddedBy(workers)[0]! > place + 1, 'before the rest of its share');
  engine.dispose();
});

test('the home worker holds small pieces only, which a query would have to wait for', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  await engine.embed(texts(900));
  const [home, extra] = workers.map(({ received }) =>
    received.flatMap((message) =>
      message.type === 'call' && message.op === 'embed' ? [message.args.texts.length] : [],
    ),
  );
  assert.ok(Math.max(...home!) * 2 < Math.max(...extra!), `${home} beside ${extra}`);
  engine.dispose();
});

for (const [how, death] of [
  ['crashes', (worker) => worker.crash('boom')],
  ['dies in silence', (worker) => worker.kill()],
] as [string, (worker: FakeWorker) => void][]) {
  test(`when a further worker ${how}, others do its pieces and the call succeeds`, async () => {
    const { engine, workers } = await makeEngine({
      workers: 3,
      unresponsiveAfterMs: 100,
      onWorker: (worker, place) => {
        worker.core.beforeEmbed = () => {
          if (place === 1 && worker.core.embedded.length === 20) death(worker);
        };
      },
    });
    const collection = engine.collection();
    const summary = await collection.add(documents(900));
    assert.equal(summary.documents, 900);
    assert.ok(workers[1]!.terminated);
    const { results, size } = await collection.search(text(5), { k: 1 });
    assert.deepEqual([results[0]?.text, size], [text(5), 900]);
    assert.equal(workers.filter(({ terminated }) => !terminated).length, 2, 'the others go on');
    engine.dispose();
  });
}

test('a text that kills every worker is worker-crashed, and the next call works', async () => {
  const { engine, workers } = await makeEngine({
    workers: 3,
    onWorker: (worker) => {
      worker.core.beforeEmbed = (one) => {
        if (one === text(640)) worker.crash('boom');
      };
    },
  });
  await assert.rejects(engine.embed(texts(900)), { code: 'worker-crashed' });
  assert.ok(workers.every(({ terminated }) => terminated));
  assert.equal((await engine.embed(texts(600))).length, 600);
  engine.dispose();
});

test('the death of the home worker ends the others; the collection is restored', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  const collection = engine.collection();
  await collection.add(documents(600));
  const adding = collection.add(documents(900, 'late'));
  workers[0]!.core.beforeEmbed = () => workers[0]!.crash('boom');
  await assert.rejects(adding, { code: 'worker-crashed' });
  assert.deepEqual(
    workers.map(({ terminated }) => terminated),
    [true, true],
  );
  const { results, size } = await collection.search(text(77), { k: 1 });
  assert.deepEqual([results[0]?.score.toFixed(3), size], ['1.000', 600]);
  assert.equal(workers.length, 4, 'the restoration uses a further worker too');
  engine.dispose();
});

test('an abort stops every worker, adds nothing, and rejects with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('the visitor left');
  const { engine, workers } = await makeEngine({
    workers: 3,
    onWorker: (worker, place) => {
      worker.core.beforeEmbed = () => {
        if (place === 2 && worker.core.embedded.length === 10) controller.abort(reason);
      };
    },
  });
  const collection = engine.collection();
  const adding = collection.add(documents(2000), { signal: controller.signal });
  await assert.rejects(adding, (error) => error === reason);
  const { size } = await collection.search('passage');
  assert.deepEqual([size, collection.size], [0, 0]);
  const stopped = allEmbedded(workers).length;
  for (let i = 0; i < 5; i++) await engine.embed(`settle ${i}`);
  assert.equal(allEmbedded(workers).length, stopped + 5, 'nobody went on');
  assert.ok(stopped < 1500);
  engine.dispose();
});

test('embed of many texts rejects at once when its signal aborts', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  const controller = new AbortController();
  const embedding = engine.embed(texts(2000), { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(embedding, { name: 'AbortError' });
  await engine.embed('settle');
  const stopped = allEmbedded(workers).length;
  await engine.embed('again');
  assert.equal(allEmbedded(workers).length, stopped + 1);
  engine.dispose();
});

test('a refused add ends the work of all workers', async () => {
  const { engine, workers } = await makeEngine({ workers: 3 });
  const collection = engine.collection();
  await collection.add([{ id: 'd1999', text: 'there already' }]);
  await assert.rejects(collection.add(documents(2000)), { code: 'duplicate-id' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.ok(allEmbedded(workers).length < 1000, 'most was never embedded');
  assert.equal((await collection.search('x')).size, 1);
  engine.dispose();
});

test('changes through several workers happen in the order of the calls', async () => {
  const { engine } = await makeEngine({ workers: 3 });
  const collection = engine.collection();
  const [, removed, , updated] = await Promise.all([
    collection.add(documents(600)),
    collection.remove(documents(300).map(({ id }) => id)),
    collection.add(documents(300)),
    collection.update(documents(600).map((one) => ({ ...one, text: `new ${one.text}` }))),
  ]);
  assert.deepEqual([removed, updated.documents, collection.size], [300, 600, 600]);
  const { results } = await collection.search(text(4), { k: 600 });
  assert.ok(results.every((result) => result.text.startsWith('new ')));
  engine.dispose();
});

test('two bulk calls share the workers', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  const [a, b] = [engine.collection(), engine.collection()];
  const late = documents(600, 'b').map((one) => ({ ...one, text: `b ${one.text}` }));
  await Promise.all([a.add(documents(600)), b.add(late)]);
  for (const { core } of workers) {
    const firstOfB = core.embedded.findIndex((one) => one.startsWith('b '));
    assert.ok(firstOfB >= 0 && firstOfB < core.embedded.length / 2, `began at ${firstOfB}`);
  }
  engine.dispose();
});

test('a fill that waits for vectors takes no turns of the home worker', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  await engine.collection().add(documents(900));
  const { received, core } = workers[0]!;
  const supplies = received.filter(({ type }) => type === 'supply').length;
  assert.ok(supplies > 0 && core.supplies === supplies, `${core.supplies} of ${supplies}`);
  // Looked at when it begins and for reports of progress; once a step if it took turns.
  assert.ok(core.sizesAsked <= 2 * supplies + 2, `${core.sizesAsked} looks at ${supplies} pieces`);
  engine.dispose();
});

test('further workers get the model of the home worker, and load nothing else', async () => {
  const { engine, workers } = await makeEngine({ workers: 2 });
  await engine.embed(texts(900));
  const loads = workers.map(({ received }) =>
    received.find((message) => message.type === 'call' && message.op === 'load'),
  );
  const load = loads[1];
  assert.ok(load?.type === 'call' && load.op === 'load');
  const { models, wasm, kernels } = load.args;
  const [{ model } = { model: undefined }] = models;
  assert.ok(model && 'bytes' in model && model.bytes.byteLength > 0);
  assert.ok(wasm && 'module' in wasm);
  assert.equal(kernels, engine.info.kernels);
  assert.equal(calls(workers[0]!, 'share'), 1);
  engine.dispose();
});

test('a further worker that cannot start is not tried again, and the work is done', async () => {
  const { engine, workers } = await makeEngine({
    workers: 2,
    bootOf: (place) => (place === 0 ? undefined : () => Promise.reject(new Error('no memory'))),
  });
  for (let i = 0; i < 3; i++) assert.equal((await engine.embed(texts(900))).length, 900);
  assert.equal(workers.length, 2);
  engine.dispose();
});

test('where the host makes one worker only, it does all the work', async () => {
  let made = 0;
  const { engine, workers } = await makeEngine({
    workers: 4,
    onWorker: () => {
      if (++made > 1) throw new Error('one worker only');
    },
  });
  assert.equal((await engine.embed(texts(900))).length, 900);
  assert.equal((await engine.embed(texts(900))).length, 900);
  assert.deepEqual([workers.length, made], [1, 4], 'each further one was tried once');
  engine.dispose();
});

test('a further worker with another model takes no piece', async () => {
  const { engine, workers } = await makeEngine({
    workers: 2,
    onWorker: ({ core }, place) => {
      const { load } = core.Model;
      core.Model.load = (file) => {
        const model = load(file);
        const info = { ...model.info(), fingerprint: String(place).repeat(64) };
        return Object.assign(model, { info: () => info });
      };
    },
  });
  assert.equal((await engine.embed(texts(900))).length, 900);
  assert.equal(embeddedBy(workers)[1], 0);
  assert.ok(workers[1]!.terminated);
  engine.dispose();
});

test('dispose ends every worker and rejects what runs', async () => {
  const { engine, workers } = await makeEngine({ workers: 3 });
  const collection = engine.collection();
  await collection.add(documents(600));
  const running = [engine.embed(texts(900)), collection.add(documents(900, 'more'))];
  for (const call of running) call.catch(() => {});
  await engine.embed('let them begin');
  engine.dispose();
  for (const call of running) await assert.rejects(call, { code: 'disposed' });
  assert.ok(workers.length > 1 && workers.every(({ terminated }) => terminated));
});

test('further workers end when there is nothing to do for a while, and start again', async () => {
  const workers: InThreadWorker[] = [];
  const connect = (onDeath: () => void) => {
    workers.push(new InThreadWorker());
    return new Connection(workers.at(-1) as unknown as Worker, Infinity, onDeath);
  };
  const home = connect(() => {});
  const request = { model: { bytes: new Uint8Array([1]) }, sha256: undefined, integrity: false };
  const [info] = await home.call('load', { models: [request] } as never);
  const pool = new Pool(home, info!, { workers: 3, connect, idleMs: 30 });
  const embed = async () => {
    let passed = 0;
    await pool.embed(texts(900), undefined, ({ tokens }) => void (passed += tokens.length));
    return passed;
  };
  assert.equal(await embed(), 900);
  assert.equal(workers.filter(({ terminated }) => !terminated).length, 3);
  await new Promise((resolve) => setTimeout(resolve, 80));
  assert.equal(workers.filter(({ terminated }) => !terminated).length, 1, 'the home worker stays');
  assert.equal(
    pool.embed(texts(30), undefined, () => {}),
    undefined,
    'too little work again',
  );
  assert.equal(await embed(), 900);
  assert.equal(workers.length, 5);
});

test('every object of every core is deleted when the calls are over', async () => {
  const { engine, workers } = await makeEngine({ workers: 3 });
  const collection = engine.collection();
  await collection.add(documents(900));
  await engine.embed(texts(900));
  const controller = new AbortController();
  const adding = collection.add(documents(900, 'x'), { signal: controller.signal });
  setTimeout(() => controller.abort(), 3);
  await assert.rejects(adding, { name: 'AbortError' });
  collection.dispose();
  for (let i = 0; i < 5; i++) await engine.embed('settle');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(
    workers.map(({ core }) => core.alive.size),
    [1, 1, 1],
    'only the models remain',
  );
  engine.dispose();
});
