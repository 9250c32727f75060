// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heartbeat } from '../../web/client/protocol/heartbeat.js';
import { makeEngine } from './fake-worker.js';

const documents = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `d${i}`,
    text: `passage ${String.fromCharCode(97 + (i % 26)).repeat(1 + (i % 5))}`,
    metadata: { place: i },
  }));

async function outcomes(calls: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((one) => (one.status === 'rejected' ? one.reason.code : 'fulfilled'));
}

for (const [how, death] of [
  ['an uncaught error', (worker) => worker.crash('boom')],
  ['a silent death', (worker) => worker.kill()],
] as [string, (worker: { crash(m: string): void; kill(): void }) => void][]) {
  test(`${how} rejects 100 pending calls, and the next search works`, async () => {
    const { engine, workers } = await makeEngine({ unresponsiveAfterMs: 200 });
    const collection = engine.collection();
    await collection.add(documents(40));
    const before = await collection.search('passage ccc', { k: 5 });
    const calls = Array.from({ length: 100 }, (_, i) =>
      i % 2 ? collection.search(`query ${i}`) : engine.embed([`text ${i}`, 'more']),
    );
    // Sent, and not answered: the worker dies within this turn.
    workers[0]!.core.beforeEmbed = () => death(workers[0]!);
    assert.deepEqual(await outcomes(calls), Array(100).fill('worker-crashed'));
    assert.ok(workers[0]!.terminated);
    const after = await collection.search('passage ccc', { k: 5 });
    assert.deepEqual(
      after.results.map(({ id, score, metadata }) => ({ id, score, metadata })),
      before.results.map(({ id, score, metadata }) => ({ id, score, metadata })),
    );
    assert.equal(workers.length, 2);
    engine.dispose();
  });
}

test('a trap in the core is fatal for the worker and a typed error for the caller', async () => {
  const { engine, workers } = await makeEngine();
  workers[0]!.core.beforeEmbed = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  await assert.rejects(engine.embed('a'), { code: 'worker-crashed', message: /unreachable/ });
  assert.equal((await engine.embed('a')).vector.length, 26);
  assert.equal(workers.length, 2);
  engine.dispose();
});

test('a crash during an add rejects it and adds nothing', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add(documents(2));
  workers[0]!.core.beforeEmbed = () => workers[0]!.crash('boom');
  await assert.rejects(collection.add([{ id: 'x', text: 'x' }]), { code: 'worker-crashed' });
  assert.equal((await collection.search('passage')).size, 2);
  engine.dispose();
});

test('a collection that is not restored says that it is lost until it is cleared', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection({ restore: false });
  await collection.add(documents(2));
  workers[0]!.crash('boom');
  await assert.rejects(collection.search('a'), { code: 'collection-lost' });
  await assert.rejects(collection.add(documents(1)), { code: 'collection-lost' });
  await collection.clear();
  await collection.add(documents(1));
  assert.equal((await collection.search('a')).size, 1);
  engine.dispose();
});

test('removed and updated documents stay removed and updated after a crash', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add(documents(3));
  await collection.remove('d1');
  await collection.update([{ id: 'd2', text: 'zzz' }]);
  workers[0]!.crash('boom');
  const { results } = await collection.search('zzz');
  assert.deepEqual(results.map(({ id }) => id).sort(), ['d0', 'd2']);
  assert.equal(results[0]?.text, 'zzz');
  assert.equal(results[0]?.metadata, undefined);
  engine.dispose();
});

test('a page that was frozen does not take its worker for dead', () => {
  let now = 0;
  let dead = false;
  let pings = 0;
  const heartbeat = new Heartbeat(
    5000,
    () => pings++,
    () => (dead = true),
    () => now,
  );
  const beatAfter = (ms: number) => {
    now += ms;
    heartbeat.beat();
  };
  for (let i = 0; i < 20; i++) beatAfter(60_000);
  assert.equal(dead, false, 'late timers prove nothing');
  assert.ok(pings > 0);
  for (let i = 0; i < 4; i++) beatAfter(1000);
  assert.equal(dead, false, 'four beats missed');
  heartbeat.alive();
  for (let i = 0; i < 5; i++) beatAfter(1000);
  assert.equal(dead, false, 'a message in between starts the count again');
  beatAfter(1000);
  assert.equal(dead, true, 'five beats missed on schedule');
});
