// SPDX-License-Identifier: Apache-2.0
// The built package in Chromium under the strict policy: search, seal, hostile text, dispose.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness();

test('it embeds and searches without a violation, an error or a request after loading', async () => {
  const info = await harness.createEngine();
  assert.equal(info.dim, 384);
  const loaded = harness.watched.requests.length;
  const found = await harness.page.evaluate(async () => {
    const collection = window.engine.collection<{ page: number }>();
    await collection.add([
      { id: 'a', text: 'A kitten was resting on the rug', metadata: { page: 1 } },
      { id: 'b', text: 'Python is a programming language', metadata: { page: 2 } },
    ]);
    const { results, ...rest } = await collection.search('where does the cat sleep?', { k: 1 });
    return { first: results[0], rest };
  });
  assert.deepEqual(found.first?.metadata, { page: 1 });
  assert.equal(found.first?.id, 'a');
  assert.equal(found.rest.fingerprint, info.fingerprint);
  assert.equal(found.rest.size, 2);
  assert.deepEqual(
    harness.watched.requests.slice(loaded),
    [],
    'nothing is requested after loading',
  );
  assert.deepEqual(harness.watched.problems, []);
});

test('facets count what a filter lets pass, and results come in another order where asked', async () => {
  await harness.createEngine();
  const found = await harness.page.evaluate(async () => {
    const collection = window.engine.collection<{ lang: string | string[]; year: number }>();
    await collection.add(
      [
        { id: 'a', text: 'apple pie', metadata: { lang: 'en', year: 2021 } },
        { id: 'b', text: 'apple cake', metadata: { lang: ['en', 'de'], year: 2019 } },
        { id: 'c', text: 'apple tart', metadata: { lang: 'de', year: 2024 } },
        { id: 'd', text: 'bicycle' },
      ] as { id: string; text: string; metadata: { lang: string; year: number } }[],
      { until: 'searchable' },
    );
    const ids = async (order: 'ascending' | 'descending', k: number) => {
      const sort = { by: 'year', order };
      const { results } = await collection.search('apple', { mode: 'lexical', sort, k });
      return results.map(({ id }) => id).join('');
    };
    return {
      all: await collection.facets('lang'),
      recent: await collection.facets('lang', { filter: { year: { gte: 2020 } } }),
      years: await collection.facets('year', { limit: 2 }),
      none: await collection.facets('author'),
      sorted: [await ids('ascending', 10), await ids('descending', 10)],
      refused: await collection
        .facets('lang', { filter: { year: { above: 1 } as object } })
        .catch(({ code }: { code: string }) => code),
      wrong: await collection
        .search('apple', { sort: { by: 'year', order: 'up' as 'ascending' } })
        .then(String, ({ code }: { code: string }) => code),
    };
  });
  assert.deepEqual(found.all, [
    { value: 'de', count: 2 },
    { value: 'en', count: 2 },
  ]);
  assert.deepEqual(found.recent, [
    { value: 'de', count: 1 },
    { value: 'en', count: 1 },
  ]);
  assert.deepEqual(found.years, [
    { value: 2019, count: 1 },
    { value: 2021, count: 1 },
  ]);
  assert.deepEqual(found.none, []);
  assert.deepEqual(found.sorted, ['bac', 'cab']);
  assert.equal(found.refused, 'invalid-argument');
  assert.equal(found.wrong, 'invalid-argument');
});

test('the worker has no network and no storage once text can reach it', async () => {
  await harness.createEngine();
  const [worker] = harness.page.workers();
  assert.ok(worker, 'the engine runs in a worker');
  const reachable = await worker.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    const names = [
      ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport'],
      ...['EventSource', 'BroadcastChannel', 'importScripts', 'Worker', 'SharedWorker'],
      ...['indexedDB', 'caches', 'cookieStore', 'FontFace', 'webkitRequestFileSystem'],
    ];
    const prototypes: object[] = [];
    for (let at: object | null = scope; at; at = Object.getPrototypeOf(at)) prototypes.push(at);
    const found = names.filter(
      (name) => scope[name] !== undefined || prototypes.slice(1).some((at) => name in at),
    );
    const navigator = scope['navigator'] as Record<string, unknown>;
    for (const name of ['sendBeacon', 'storage', 'serviceWorker', 'locks']) {
      if (navigator[name] !== undefined) found.push(`navigator.${name}`);
    }
    return found;
  });
  assert.deepEqual(reachable, []);
  const restored = await worker.evaluate(() => {
    try {
      Object.defineProperty(globalThis, 'fetch', { value: () => {} });
      return true;
    } catch {
      return false;
    }
  });
  assert.equal(restored, false, 'nothing can be put back');
});

test('hostile text is embedded or refused, and the engine goes on', async () => {
  await harness.createEngine();
  const outcome = await harness.page.evaluate(async () => {
    const { engine } = window;
    const megabyte = 'lorem ipsum '.repeat(90_000);
    const texts = ['', '\u0000', 'a\u0000b', '\ud800', '\udc00x', '\ufeff', megabyte, '<b>&amp;'];
    const embedded = await engine.embed(texts);
    const collection = engine.collection();
    // A document is read to its end: this one has some twenty passages.
    const documents = texts.map((text, i) => ({
      id: `\u0000${i}\ud800`,
      text: text.slice(0, 9000),
    }));
    await collection.add(documents);
    const { results } = await collection.search(megabyte, { k: 20, mode: 'semantic' });
    const long = await collection.search(megabyte);
    return {
      finite: embedded.every(({ vector }) => vector.every(Number.isFinite)),
      dropped: embedded.map(({ dropped }) => dropped > 0),
      count: results.length,
      queryTruncated: long.truncated,
      nul: results.find(({ id }) => id.startsWith('\u00002'))?.text,
      replaced: results.find(({ id }) => id.startsWith('\u00003'))?.text,
    };
  });
  assert.ok(outcome.finite);
  assert.deepEqual(outcome.dropped, [false, false, false, false, false, false, true, false]);
  assert.equal(outcome.count, 8);
  assert.equal(outcome.queryTruncated, true);
  assert.equal(outcome.nul, 'a\u0000b');
  assert.equal(outcome.replaced, '\ufffd');
  assert.deepEqual(harness.watched.problems, []);
});

test('dispose ends the worker; a second engine is independent of the first', async () => {
  await harness.createEngine();
  const codes = await harness.page.evaluate(async () => {
    const second = await window.mayfly.Mayfly.create();
    const pending = window.engine.embed('a text').catch((error: { code: string }) => error.code);
    window.engine.dispose();
    const code = await pending;
    const vector = (await second.embed('a text')).vector.length;
    second.dispose();
    return [code, vector];
  });
  assert.deepEqual(codes, ['disposed', 384]);
  await harness.assertNoWorkerLeft();
});

test('late interaction adds a tenth of the mean cosine of tokens to the best, and orders them anew', async () => {
  await harness.createEngine();
  const { plain, compared, explained } = await harness.page.evaluate(async () => {
    const collection = window.engine.collection();
    await collection.add([
      { id: 'a', title: 'Cats', text: 'A kitten was resting on the rug. It slept.' },
      { id: 'b', text: 'The dog lies on the carpet and rests.' },
      { id: 'c', text: 'Cats and dogs need rest.' },
      { id: 'd', text: 'Python is a programming language' },
    ]);
    const query = 'cats resting on a rug';
    const plain = (await collection.search(query)).results;
    const compared = (await collection.search(query, { lateInteraction: 2 })).results;
    const explained = [];
    for (const { id } of plain) explained.push((await collection.explain(query, id)).tokenScore);
    return { plain, compared, explained };
  });
  assert.ok(plain.length >= 3);
  const expected = plain.map(({ id, score }, i) => ({
    id,
    score: i < 2 ? score + 0.1 * (explained[i] ?? NaN) : score,
  }));
  expected.splice(0, 2, ...expected.slice(0, 2).sort((a, b) => b.score - a.score));
  assert.deepEqual(
    compared.map(({ id }) => id),
    expected.map(({ id }) => id),
  );
  for (const [i, { score }] of compared.entries()) {
    assert.ok(Math.abs(score - (expected[i]?.score ?? NaN)) < 1e-5, `result ${i}`);
  }
  const code = await harness.page.evaluate(() =>
    window.engine
      .collection()
      .search('a', { lateInteraction: 101 })
      .then(
        () => '',
        (error: { code: string }) => error.code,
      ),
  );
  assert.equal(code, 'invalid-argument');
});

test('a group of several near passages comes before one near passage among many far ones', async () => {
  await harness.createEngine();
  const { alone, pages, semantic } = await harness.page.evaluate(async () => {
    const collection = window.engine.collection<{ page: string }>();
    const far = ['Invoices', 'Taxes', 'Printers', 'Parking', 'Elections', 'Geology', 'Opera'];
    const of = (page: string, texts: string[]) =>
      texts.map((text, i) => ({ id: `${page}${i}`, text, metadata: { page } }));
    await collection.add([
      ...of('long', [
        'Our cats rest on a soft rug.',
        ...far.map((about) => `${about} are described in the yearbook of 1987.`),
      ]),
      ...of('short', [
        'A kitten is resting on the carpet.',
        'The kitten sleeps on a rug.',
        'Kittens like to lie on rugs.',
      ]),
    ]);
    const query = 'a cat resting on a rug';
    return {
      alone: (await collection.search(query)).results,
      pages: (await collection.search(query, { groupBy: 'page' })).results,
      semantic: (await collection.search(query, { groupBy: 'page', mode: 'semantic' })).results,
    };
  });
  assert.ok(alone.every(({ groupBonus }) => groupBonus === 0));
  assert.equal(alone[0]?.metadata.page, 'long', 'the nearest passage');
  const [first, second] = pages;
  assert.deepEqual([first?.metadata.page, second?.metadata.page], ['short', 'long']);
  assert.ok((first?.groupBonus ?? 0) > 0 && (second?.groupBonus ?? 0) < 0);
  for (const page of pages) {
    const best = alone.find(({ id }) => id === page.id);
    assert.ok(Math.abs(page.score - page.groupBonus - (best?.score ?? NaN)) < 1e-5);
  }
  assert.ok(semantic.every(({ groupBonus }) => groupBonus === 0));
});

test('an explanation adds up to the score, and names words, passage and tokens', async () => {
  await harness.createEngine();
  const { explained, found } = await harness.page.evaluate(async () => {
    const collection = window.engine.collection();
    await collection.add([
      { id: 'a', title: 'Cats', text: 'A kitten was resting on the rug. 😀 It slept.' },
      { id: 'b', text: 'Python is a programming language' },
    ]);
    const query = 'cats resting on a rug';
    const { results } = await collection.search(query);
    return { explained: await collection.explain(query, 'a'), found: results[0] };
  });
  assert.equal(explained.rank, 1);
  assert.equal(explained.tier, 'contextual');
  assert.ok(Math.abs(explained.score - (found?.score ?? 0)) < 1e-5, 'the score of the result');
  const { scores, lexicalWeight, nameBonus } = explained;
  const sum = scores.contextual + lexicalWeight * scores.lexical + nameBonus;
  assert.ok(Math.abs(explained.score - sum) < 1e-5);
  const words = explained.words.map(({ word }) => word);
  assert.ok(words.includes('resting') && words.includes('rug'), words.join());
  const query = 'cats resting on a rug';
  const met = explained.tokens.map(({ range, field, target }) => [
    query.slice(...range),
    (field === 'title' ? 'Cats' : (found?.text ?? '')).slice(...target),
  ]);
  assert.ok(
    met.some(([asked, target]) => asked === 'rug' && target === 'rug'),
    JSON.stringify(met),
  );
});
