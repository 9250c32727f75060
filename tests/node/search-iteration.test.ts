// SPDX-License-Identifier: Apache-2.0
// Searches that are iterated over: answers that improve, tier by tier and as documents are read.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Collection, MayflyOptions, SearchResults } from '../../web/client/index.js';
import { makeEngine, type FakeWorker } from './fake-worker.js';
import { serveGatedModel } from './gated-model.js';

/** By presence of letters (static) the first is best for "aaab", by their counts the second. */
const PAIR = [
  { id: 'ab', text: 'ab' },
  { id: 'aaabc', text: 'aaabc' },
];
const documents = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `d${i}`, text: `passage ${'z'.repeat(i)}` }));
const idsOf = ({ results }: SearchResults) => results.map(({ id }) => id);
const searches = (worker: FakeWorker) =>
  worker.received.filter((message) => message.type === 'call' && message.op === 'search').length;
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

/** Static model there, transformer on its way until `gate.open()`. */
async function makeGated(t: TestContext, options: MayflyOptions = {}) {
  const gate = await serveGatedModel(new Uint8Array([1]));
  t.after(() => gate.close());
  const { engine, workers } = await makeEngine({
    staticModel: new Uint8Array([2]),
    model: gate.url,
    integrity: false,
    waitFor: 'static',
    ...options,
  });
  t.after(() => engine.dispose());
  return { engine, workers, gate, core: workers[0]!.core };
}

/** All answers; `seen` is told each, and its number. */
async function answersOf(
  collection: Collection,
  query: string,
  options: Parameters<Collection['search']>[1] = {},
  seen: (answer: SearchResults, place: number) => unknown = () => {},
): Promise<SearchResults[]> {
  const answers: SearchResults[] = [];
  for await (const answer of collection.search(query, options)) {
    answers.push(answer);
    await seen(answer, answers.length);
  }
  return answers;
}

test('answers come by tier, worst first, as models come; the last one is final', async (t) => {
  const { engine, gate, core } = await makeGated(t);
  const collection = engine.collection();
  await collection.add([...PAIR, { id: 'word', text: 'aaab' }]);
  const answers = await answersOf(collection, 'aaab', {}, ({ tier }) => {
    if (tier !== 'contextual') assert.equal(core.embedded.length, 0, 'the transformer rests');
    if (tier === 'static') gate.open();
  });
  const [lexical, statically, ...later] = answers;
  assert.deepEqual([lexical?.tier, statically?.tier], ['lexical', 'static']);
  assert.ok(later.length > 0 && later.every(({ tier }) => tier === 'contextual'));
  assert.deepEqual(idsOf(lexical!), ['word'], 'words alone know one of them');
  assert.deepEqual(idsOf(statically!), ['ab', 'word', 'aaabc']);
  assert.deepEqual(idsOf(later.at(-1)!), ['word', 'aaabc', 'ab']);
  assert.deepEqual(
    answers.map(({ final }) => final),
    answers.map((answer) => answer === answers.at(-1)),
  );
  assert.deepEqual([lexical?.fingerprint, later.at(-1)?.coverage], ['', 1]);
});

test('as documents are read coverage grows, and no answer is repeated but the final one', async (t) => {
  const { engine, gate, core } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(documents(60));
  core.beforeEmbed = (_, tier) => {
    const until = performance.now() + (tier === 2 ? 20 : 0);
    while (performance.now() < until);
  };
  const answers = await answersOf(collection, 'zzzz', { k: 3, rerank: 0 }, ({ tier }) => {
    if (tier === 'static') gate.open();
  });
  const read = answers.filter(({ tier }) => tier === 'contextual');
  assert.ok(read.length >= 3, `${read.length} answers while documents were read`);
  const coverage = read.map((answer) => answer.coverage);
  assert.deepEqual(
    coverage,
    [...coverage].sort((a, b) => a - b),
  );
  assert.ok(coverage[0]! < 1);
  assert.deepEqual([coverage.at(-1), read.at(-1)?.final], [1, true]);
  for (let i = 1; i + 1 < read.length; i++) {
    assert.notDeepEqual(idsOf(read[i]!), idsOf(read[i - 1]!), `answer ${i}`);
  }
});

test('the same results of the same tier are not told again while documents are read', async (t) => {
  const { engine, gate, core, workers } = await makeGated(t);
  const collection = engine.collection();
  await collection.add([{ id: 'z', text: 'zzzz' }, ...documents(50)]);
  core.beforeEmbed = (_, tier) => {
    const until = performance.now() + (tier === 2 ? 20 : 0);
    while (performance.now() < until);
  };
  const before = searches(workers[0]!);
  const answers = await answersOf(collection, 'zzzz', { k: 1 }, ({ tier }) => {
    if (tier === 'static') gate.open();
  });
  const read = answers.filter(({ tier }) => tier === 'contextual');
  assert.deepEqual([read.length, read[0]?.final, read[1]?.final], [2, false, true]);
  assert.ok(searches(workers[0]!) - before > 4, 'the worker was asked more often');
});

test('leaving the loop ends the search: news are not asked for any more', async (t) => {
  const { engine, gate, workers } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(PAIR);
  for await (const { tier } of collection.search('aaab')) if (tier === 'static') break;
  const asked = searches(workers[0]!);
  gate.open();
  await collection.embedded();
  await settle();
  assert.equal(searches(workers[0]!), asked);
});

test('a slow reader misses nothing: what came meanwhile is in the next answer', async (t) => {
  const { engine, gate } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(PAIR);
  const answers = await answersOf(collection, 'aaab', {}, async (_, place) => {
    if (place !== 1) return;
    gate.open();
    await engine.ready;
    await collection.embedded();
  });
  assert.deepEqual(idsOf(answers.at(-1)!), ['aaabc', 'ab']);
  assert.deepEqual([answers.at(-1)?.tier, answers.at(-1)?.final], ['contextual', true]);
});

test('an abort in the middle rejects with its reason, and nothing is asked any more', async (t) => {
  const { engine, gate, workers } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(PAIR);
  const controller = new AbortController();
  const reason = new Error('another query');
  const { signal } = controller;
  const iterating = answersOf(collection, 'aaab', { signal }, ({ tier }) => {
    if (tier === 'static') setTimeout(() => controller.abort(reason), 5);
  });
  await assert.rejects(iterating, (error) => error === reason);
  const asked = searches(workers[0]!);
  gate.open();
  await collection.embedded();
  await settle();
  assert.equal(searches(workers[0]!), asked);
});

test('a held order stays until it is released, also after the final answer', async (t) => {
  const { engine, gate } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(PAIR);
  const search = collection.search('aaab', { hold: true });
  const told: [ids: string[], reordered: boolean][] = [];
  for await (const answer of search) {
    told.push([idsOf(answer), answer.reordered]);
    if (answer.tier === 'static') gate.open();
    if (answer.final && answer.reordered) setTimeout(() => search.release(), 5);
  }
  const [first, , ...rest] = told;
  assert.deepEqual(first, [[], false], 'no word in common');
  assert.ok(
    rest.slice(0, -1).every(([ids, reordered]) => reordered && ids.join() === 'ab,aaabc'),
    JSON.stringify(told),
  );
  assert.deepEqual(rest.at(-1), [['aaabc', 'ab'], false]);
});

test('a release that nothing waits for is without effect, and one beforehand does not stick', async (t) => {
  const { engine, gate } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(PAIR);
  const search = collection.search('aaab', { hold: true });
  search.release();
  const told: boolean[] = [];
  for await (const answer of search) {
    told.push(answer.reordered);
    if (answer.tier === 'static') gate.open();
    if (answer.final) break;
  }
  assert.equal(told.at(-1), true, 'the static order is held all the same');
  search.release();
  const plain = collection.search('aaab');
  plain.release();
  assert.deepEqual(idsOf(await plain), ['aaabc', 'ab']);
});

for (const [what, dispose] of [
  ['its collection', (_, collection) => collection.dispose()],
  ['its engine', (engine) => engine.dispose()],
] as [string, (engine: { dispose(): void }, collection: Collection) => void][]) {
  test(`an iteration that waits for a model ends when ${what} is disposed`, async (t) => {
    const { engine, gate } = await makeGated(t);
    const collection = engine.collection();
    await collection.add(PAIR);
    const embedded = collection.embedded();
    embedded.catch(() => {});
    const iterating = answersOf(collection, 'aaab', {}, ({ tier }) => {
      if (tier === 'static') setTimeout(() => dispose(engine, collection), 5);
    });
    await assert.rejects(iterating, { code: 'disposed' });
    await assert.rejects(embedded, { code: 'disposed' });
    await assert.rejects(collection.embedded(), { code: 'disposed' });
    gate.open();
    await settle();
  });
}

test('a held final answer ends with its collection too', async (t) => {
  const { engine, gate } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(PAIR);
  const answers = await answersOf(collection, 'aaab', { hold: true }, ({ tier, final }) => {
    if (tier === 'static') gate.open();
    if (final) setTimeout(() => collection.dispose(), 5);
  });
  assert.deepEqual([answers.at(-1)?.final, answers.at(-1)?.reordered], [true, true]);
});

test('100 searches, half of them iterated, reject when the worker dies; the next ones see all', async () => {
  const { engine, workers } = await makeEngine({ staticModel: new Uint8Array([2]) });
  const collection = engine.collection();
  await collection.add(documents(40));
  const pending = Array.from({ length: 100 }, (_, i) =>
    i % 2 ? collection.search(`query ${i}`) : answersOf(collection, `query ${i}`),
  );
  workers[0]!.core.beforeEmbed = () => workers[0]!.crash('boom');
  const outcomes = await Promise.allSettled(pending);
  assert.ok(outcomes.every((one) => one.status === 'rejected'));
  const codes = new Set(outcomes.map((one) => one.status === 'rejected' && one.reason.code));
  assert.deepEqual([...codes], ['worker-crashed']);
  const next = await Promise.all(
    Array.from({ length: 5 }, () => collection.search('passage', { mode: 'semantic' })),
  );
  for (const { tier, size, coverage } of next) {
    assert.deepEqual([tier, size, coverage], ['contextual', 40, 1]);
  }
  engine.dispose();
});

test('searches that nobody awaits raise nothing, whatever becomes of them', async () => {
  const { engine } = await makeEngine();
  const collection = engine.collection();
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  collection.search('a', { k: 0 });
  collection.search('a', { signal: AbortSignal.abort() });
  collection.search('a');
  await Promise.resolve();
  engine.dispose();
  collection.search('a');
  await settle();
  process.off('unhandledRejection', note);
  assert.deepEqual(unhandled, []);
});

test('a lexical search is one final answer without any embedding; a search is a promise', async (t) => {
  const { engine, core } = await makeGated(t);
  const collection = engine.collection();
  await collection.add(documents(3), { until: 'searchable' });
  await collection.embedded({ signal: AbortSignal.timeout(50) }).catch(() => {});
  const embedded = core.embeddedStatic.length;
  const answers = await answersOf(collection, 'passage', { mode: 'lexical' });
  assert.deepEqual(
    answers.map(({ tier, coverage, size }) => [tier, coverage, size]),
    [['lexical', 1, 3]],
  );
  assert.equal(core.embeddedStatic.length, embedded);
  const search = collection.search('passage', { mode: 'lexical' });
  let ended = 0;
  const same = await search.finally(() => (ended += 1));
  assert.deepEqual([idsOf(same), ended], [['d0', 'd1', 'd2'], 1]);
  assert.equal(await search, same, 'asked once');
  const caught = await collection
    .search('a', { k: 0 })
    .catch((error) => (error as { code: string }).code);
  assert.equal(caught, 'invalid-argument');
});
