// SPDX-License-Identifier: Apache-2.0
// Words at once, the static model, the transformer: the built package under the strict policy while
// models come one after the other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as Package from '../../web/client/index.js';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness({ withStaticModel: true });

const DOCUMENTS = [
  { id: 'cat', title: 'Pets', text: 'A kitten was resting on the rug all day.' },
  { id: 'code', title: 'Languages', text: 'Python is a language for programs. Many like it.' },
  { id: 'sleep', title: 'Displays', text: 'Settings where the screen does not go to sleep.' },
];
const QUERY = 'where does the cat sleep?';
const fileOf = (url: string) => url.split('/').pop();

test('answers come by words, by the static model and by the transformer, in this order', async () => {
  const outcome = await harness.page.evaluate(
    async ({ documents, query }) => {
      const engine = await window.mayfly.Mayfly.create({
        staticModel: '/mayfly/models/minilm-static.json',
        waitFor: 'static',
      });
      const atFirst = engine.tiers;
      const collection = engine.collection();
      await collection.add(documents);
      const answers: Package.SearchResults[] = [];
      for await (const answer of collection.search(query)) answers.push(answer);
      await engine.ready;
      const { tiers, info } = engine;
      await collection.embedded();
      const last = await collection.search(query, { mode: 'semantic', rerank: 0 });
      engine.dispose();
      return { atFirst, tiers, info, answers, last };
    },
    { documents: DOCUMENTS, query: QUERY },
  );
  assert.deepEqual(outcome.atFirst, ['lexical', 'static']);
  assert.deepEqual(outcome.tiers, ['lexical', 'static', 'contextual']);
  const tiers = outcome.answers.map(({ tier }) => tier);
  assert.deepEqual(tiers.slice(0, 2), ['lexical', 'static']);
  assert.equal(tiers.at(-1), 'contextual');
  const [lexical] = outcome.answers;
  assert.deepEqual([lexical?.results[0]?.id, lexical?.results[0]?.scores.contextual], ['sleep', 0]);
  const best = outcome.answers.at(-1)!;
  assert.deepEqual([best.final, best.coverage], [true, 1]);
  assert.equal(best.results[0]?.title, 'Pets');
  assert.equal(outcome.last.results[0]?.id, 'cat');
  assert.equal(best.fingerprint, outcome.info.fingerprint);
  assert.deepEqual(harness.watched.problems, []);
  await harness.assertNoWorkerLeft();
});

test('the first answer is there before the transformer has read anything', async () => {
  const outcome = await harness.page.evaluate(async () => {
    const sent: Record<string, unknown>[] = [];
    const engine = await window.mayfly.Mayfly.create({
      staticModel: '/mayfly/models/minilm-static.json',
      workers: 1,
      createWorker: () => {
        const worker = new Worker('/mayfly/worker.js', { type: 'module' });
        worker.addEventListener('message', ({ data }) => sent.push(data));
        return worker;
      },
    });
    const text = 'a passage of some length about travel, leave and equipment. '.repeat(8);
    const documents = Array.from({ length: 150 }, (_, i) => ({
      id: `d${i}`,
      text: `${text} n${i}`,
    }));
    const collection = engine.collection();
    let read = 0;
    const adding = collection.add(documents, { onProgress: ({ completed }) => (read = completed) });
    // Found as soon as it is there.
    let first: Package.SearchResults;
    do first = await collection.search('n77', { mode: 'lexical' });
    while (first.results.length === 0);
    const readAtFirst = read;
    const seen: [tier: string, coverage: number, read: number][] = [];
    let partial = 0;
    for await (const { tier, coverage } of collection.search('n77 equipment')) {
      seen.push([tier, coverage, read]);
      if (tier === 'contextual' && coverage < 1) partial += 1;
    }
    const summary = await adding;
    engine.dispose();
    return { first: first.results[0]?.id, readAtFirst, seen, partial, summary };
  });
  assert.deepEqual([outcome.first, outcome.readAtFirst], ['d77', 0]);
  assert.deepEqual(outcome.seen[0]?.slice(0, 1), ['lexical']);
  assert.ok(outcome.partial > 0, 'an answer of the transformer comes before all is read');
  assert.deepEqual(outcome.seen.at(-1)?.slice(0, 2), ['contextual', 1]);
  assert.equal(outcome.summary.documents, 150);
  assert.deepEqual(harness.watched.problems, []);
});

test('a sealed worker gets later models from the page, and nothing else is requested', async () => {
  await harness.page.evaluate(async () => {
    window.engine = await window.mayfly.Mayfly.create({
      staticModel: '/mayfly/models/minilm-static.json',
      waitFor: 'lexical',
    });
  });
  const [worker] = harness.page.workers();
  const open = await worker!.evaluate(() =>
    ['fetch', 'WebSocket', 'indexedDB', 'caches', 'importScripts'].filter(
      (name) => (globalThis as unknown as Record<string, unknown>)[name] !== undefined,
    ),
  );
  assert.deepEqual(open, [], 'sealed before any model is there');
  await harness.page.evaluate(() => window.engine.ready);
  const names = harness.watched.requests.map(fileOf);
  const models = names.filter((name) => name?.startsWith('minilm'));
  // The package knows what its default model must be.
  assert.deepEqual(models, [
    'minilm-static.json',
    'minilm-static.safetensors',
    'minilm.safetensors',
  ]);
  const loaded = harness.watched.requests.length;
  const found = await harness.page.evaluate(
    async ({ documents, query }) => {
      const collection = window.engine.collection();
      await collection.add(documents);
      const { results, tier } = await collection.search(query);
      const like = await collection.moreLikeThis('cat', { k: 1 });
      const [first] = results;
      return { id: first?.id, tier, snippet: first?.snippet, like: like.results.length };
    },
    { documents: DOCUMENTS, query: QUERY },
  );
  assert.deepEqual([found.id, found.tier, found.like], ['cat', 'contextual', 1]);
  assert.ok(DOCUMENTS[0]!.text.includes(found.snippet!.text));
  assert.deepEqual(harness.watched.requests.slice(loaded), []);
  assert.deepEqual(harness.watched.problems, []);
});

test('a later model that is damaged is told by `ready`; the page is searched without it', async () => {
  harness.site.write('damaged/minilm.json', '{"file":"minilm.safetensors"}');
  const outcome = await harness.page.evaluate(
    async ({ documents, query }) => {
      const engine = await window.mayfly.Mayfly.create({
        staticModel: '/mayfly/models/minilm-static.json',
        model: '/damaged/minilm.json',
        waitFor: 'static',
      });
      const collection = engine.collection();
      await collection.add(documents);
      await collection.embedded();
      const code = await engine.ready.then(
        () => 'ready',
        (error: { code: string }) => error.code,
      );
      const { tier, final, results } = await collection.search(query);
      engine.dispose();
      return { code, tier, final, count: results.length };
    },
    { documents: DOCUMENTS, query: QUERY },
  );
  assert.equal(outcome.code, 'model-unavailable');
  assert.deepEqual([outcome.tier, outcome.final], ['static', true]);
  assert.ok(outcome.count > 0);
});

test('after a crash everything comes again: models, documents, vectors', async () => {
  const outcome = await harness.page.evaluate(
    async ({ documents, query }) => {
      const workers: Worker[] = [];
      const engine = await window.mayfly.Mayfly.create({
        staticModel: '/mayfly/models/minilm-static.json',
        waitFor: 'static',
        unresponsiveAfterMs: 1000,
        createWorker: () => {
          workers.push(new Worker('/mayfly/worker.js', { type: 'module' }));
          return workers.at(-1)!;
        },
      });
      const collection = engine.collection();
      await collection.add(documents);
      await engine.ready;
      await collection.embedded();
      const before = await collection.search(query);
      workers[0]!.terminate();
      const code = await collection.search(query).then(
        () => 'answered',
        (error: { code: string }) => error.code,
      );
      const soon = await collection.search(query, { mode: 'lexical' });
      await engine.ready;
      await collection.embedded();
      const after = await collection.search(query);
      engine.dispose();
      return { code, soon: soon.size, before: before.results, after: after.results };
    },
    { documents: DOCUMENTS, query: QUERY },
  );
  assert.deepEqual([outcome.code, outcome.soon], ['worker-crashed', DOCUMENTS.length]);
  assert.deepEqual(outcome.after, outcome.before);
});
