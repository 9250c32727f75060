// SPDX-License-Identifier: Apache-2.0
// Several pages of one visit, each with the real client, on the real shared server with a fake core.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { withObject } from '../../web/client/core/core.js';
import { Mayfly, type MayflyOptions } from '../../web/client/index.js';
import type { ToWorker } from '../../web/client/protocol/messages.js';
import { SharedServer, type Welcome } from '../../web/client/shared/shared-server.js';
import type { Boot } from '../../web/client/worker/server.js';
import { makeFakeCore } from './fake-core.js';

const MODEL = new Uint8Array([1]);
const DOCUMENTS = [
  { id: 'a', text: 'apple' },
  { id: 'b', text: 'banana' },
];
const engines: Mayfly[] = [];
after(() => engines.forEach((engine) => engine.dispose()));

/** A visit: its shared worker, and pages that come and go. */
function startVisit({ fails = false } = {}) {
  const core = makeFakeCore();
  let boots = 0;
  let ended = 0;
  const boot: Boot = async ({ models: requests }) => {
    boots += 1;
    if (fails) throw Object.assign(new Error('no'), { code: 'invalid-model' });
    const models = requests.map(() => {
      const file = new core.Buffer(1);
      file.view().set([1]);
      return withObject(file, (buffer) => core.Model.load(buffer));
    });
    const modules = { core: {} as WebAssembly.Module, kernelPack: undefined };
    return { core, models, kernels: core.activeKernels(), modules };
  };
  const server = new SharedServer(boot, () => ended++);
  const page = async (options: MayflyOptions = {}) => {
    const { port1, port2 } = new MessageChannel();
    const welcomes: Welcome[] = [];
    const receive = server.connect({
      postMessage(message, transfer = []) {
        if (message.type === 'welcome') welcomes.push(message);
        port2.postMessage(message, transfer as []);
      },
    });
    port2.onmessage = ({ data }: MessageEvent<ToWorker>) => {
      receive(data);
    };
    const engine = await Mayfly.create({
      model: MODEL,
      workers: 1,
      ...options,
      createWorker: () =>
        ({
          postMessage: (message: unknown, transfer: []) => port1.postMessage(message, transfer),
          terminate: () => port1.close(),
          addEventListener: (type: string, listener: (event: MessageEvent) => void) => {
            if (type === 'message') port1.onmessage = listener;
          },
        }) as unknown as Worker,
    });
    engines.push(engine);
    return { engine, collection: engine.collection(), welcomes };
  };
  return { core, page, boots: () => boots, ended: () => ended };
}

test('the next page finds model and documents of the one before, which is gone', async () => {
  const visit = startVisit();
  const first = await visit.page();
  await first.collection.add(DOCUMENTS);
  assert.deepEqual(first.welcomes, [{ type: 'welcome', tiers: [] }]);
  first.engine.dispose();

  const read = [...visit.core.embedded];
  const next = await visit.page();
  assert.deepEqual(next.welcomes, [{ type: 'welcome', tiers: [2] }]);
  await next.collection.add(DOCUMENTS);
  assert.deepEqual(visit.core.embedded, read, 'nothing was read twice');
  const { results, size, coverage } = await next.collection.search('apple', { mode: 'semantic' });
  assert.equal(size, 2);
  assert.equal(coverage, 1);
  assert.equal(results[0]?.id, 'a');
  assert.equal(visit.boots(), 1, 'loaded once');
});

test('two pages at the same time add the same documents, and each has them once', async () => {
  const visit = startVisit();
  const [one, other] = await Promise.all([visit.page(), visit.page()]);
  await Promise.all([one.collection.add(DOCUMENTS), other.collection.add(DOCUMENTS)]);
  const answers = await Promise.all(
    [one, other].map(({ collection }) => collection.search('banana', { mode: 'semantic' })),
  );
  for (const { size, results } of answers) {
    assert.equal(size, 2);
    assert.equal(results[0]?.id, 'b');
  }
});

test('a page whose documents another one is having read hears how far that is', async () => {
  const visit = startVisit();
  const many = Array.from({ length: 200 }, (_, i) => ({ id: `${i}`, text: `text ${i}` }));
  visit.core.beforeEmbed = () => {
    const until = performance.now() + 5;
    while (performance.now() < until);
  };
  const one = await visit.page();
  const other = await visit.page();
  await one.collection.add(many, { until: 'searchable' });
  await other.collection.add(many, { until: 'searchable' });
  const seen: number[] = [];
  for await (const { coverage } of other.collection.search('text', { mode: 'semantic' }))
    seen.push(coverage);
  assert.ok(new Set(seen).size > 2, `coverage grew: ${seen.join()}`);
});

test('a document that has changed since is replaced', async () => {
  const visit = startVisit();
  const first = await visit.page();
  await first.collection.add(DOCUMENTS);
  const next = await visit.page();
  await next.collection.add([{ id: 'a', text: 'apricot' }, DOCUMENTS[1]!]);
  const { results, size } = await next.collection.search('apricot', { mode: 'semantic' });
  assert.equal(size, 2);
  assert.equal(results.find(({ id }) => id === 'a')?.text, 'apricot');
});

test('what one page removes can be added again', async () => {
  const visit = startVisit();
  const { collection } = await visit.page();
  await collection.add(DOCUMENTS);
  assert.equal(await collection.remove('a'), 1);
  await collection.add([DOCUMENTS[0]!]);
  assert.equal((await collection.search('apple', { mode: 'semantic' })).size, 2);
  await collection.clear();
  await collection.add(DOCUMENTS);
  assert.equal((await collection.search('apple', { mode: 'semantic' })).size, 2);
});

test('an abort of one page does not touch the other', async () => {
  const visit = startVisit();
  const [one, other] = await Promise.all([visit.page(), visit.page()]);
  const controller = new AbortController();
  const aborted = one.collection.add(DOCUMENTS, { signal: controller.signal });
  const added = other.collection.add([{ id: 'c', text: 'cherry' }]);
  controller.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  await added;
  const { results } = await other.collection.search('cherry', { mode: 'semantic' });
  assert.equal(results[0]?.id, 'c');
});

test('a load that failed is told, and ends the worker so that the next page starts afresh', async () => {
  const visit = startVisit({ fails: true });
  await assert.rejects(visit.page(), { code: 'invalid-model' });
  assert.equal(visit.ended(), 1);
});

test('when the core breaks, every page is told, and the worker ends', async () => {
  const visit = startVisit();
  const [one, other] = await Promise.all([visit.page(), visit.page()]);
  await one.collection.add(DOCUMENTS);
  await other.collection.add(DOCUMENTS);
  visit.core.beforeEmbed = (text) => {
    if (text === 'break') throw new Error('unreachable executed');
  };
  const waiting = other.engine.embed('break');
  await Promise.all([
    assert.rejects(one.engine.embed('break'), { code: 'worker-crashed' }),
    assert.rejects(waiting, { code: 'worker-crashed' }),
  ]);
  assert.equal(visit.ended(), 1);
});
