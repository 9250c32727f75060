// SPDX-License-Identifier: Apache-2.0
// The built package in Chromium under the strict policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type * as Package from '../../web/client/index.js';
import { launchChromium } from './chromium.js';
import { openPage, serveSite, type Site, type WatchedPage } from './strict-site.js';

/** What the functions given to page.evaluate find there. */
declare const window: { mayfly: typeof Package; engine: Package.Mayfly } & Record<string, unknown>;

let browser: Browser;
let site: Site;
let watched: WatchedPage;
let page: Page;
before(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
});
after(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  watched = await openPage(browser, `${site.url}harness.html`);
  page = watched.page;
  await page.waitForFunction(() => 'mayfly' in window);
});
afterEach(async () => {
  await watched.close();
});

/** A terminated worker disappears a moment later. */
async function assertNoWorkerLeft(): Promise<void> {
  for (let tries = 0; tries < 100 && page.workers().length > 0; tries++) {
    await page.waitForTimeout(50);
  }
  assert.equal(page.workers().length, 0, 'no worker is left behind');
}

const createEngine = () =>
  page.evaluate(async () => {
    window.engine = await window.mayfly.Mayfly.create();
    return window.engine.info;
  });

test('it embeds and searches without a violation, an error or a request after loading', async () => {
  const info = await createEngine();
  assert.equal(info.dim, 384);
  const loaded = watched.requests.length;
  const found = await page.evaluate(async () => {
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
  assert.deepEqual(watched.requests.slice(loaded), [], 'nothing is requested after loading');
  assert.deepEqual(watched.problems, []);
});

test('the worker has no network and no storage once text can reach it', async () => {
  await createEngine();
  const [worker] = page.workers();
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

test('a long add can be aborted: it rejects with the reason, stops, and adds nothing', async (t) => {
  await createEngine();
  const outcome = await page.evaluate(async () => {
    const text = 'a passage of some length about travel, leave and equipment, '.repeat(12);
    const documents = Array.from({ length: 2000 }, (_, i) => ({
      id: `d${i}`,
      text: `${i} ${text}`,
    }));
    const collection = window.engine.collection();
    await collection.add([{ id: 'before', text: 'what was there before' }]);
    const controller = new AbortController();
    const progress: number[] = [];
    let abortedAt = 0;
    const error = await collection
      .add(documents, {
        signal: controller.signal,
        onProgress: ({ completed }) => {
          progress.push(completed);
          if (progress.length !== 3) return;
          abortedAt = performance.now();
          controller.abort(new Error('the visitor left'));
        },
      })
      .then(() => undefined, String);
    const rejectedAfterMs = performance.now() - abortedAt;
    // Answered only when the worker has let go of the add.
    const { size, results } = await collection.search('what was there before', { k: 3 });
    const answeredAfterMs = performance.now() - abortedAt;
    const reports = progress.length;
    await window.engine.embed(['one', 'two', 'three']);
    const wentOn = progress.length - reports;
    return {
      error,
      size,
      first: results[0]?.id,
      progress,
      wentOn,
      rejectedAfterMs,
      answeredAfterMs,
    };
  });
  assert.equal(outcome.error, 'Error: the visitor left');
  assert.deepEqual([outcome.size, outcome.first], [1, 'before']);
  assert.ok(Math.max(...outcome.progress) < 2000);
  assert.equal(outcome.progress.length, 3, 'no progress is reported after the abort');
  assert.equal(outcome.wentOn, 0);
  t.diagnostic(`rejected after ${outcome.rejectedAfterMs.toFixed(1)} ms`);
  t.diagnostic(`a search was answered after ${outcome.answeredAfterMs.toFixed(1)} ms`);
});

test('after an abort the worker has acknowledged before it works on anything else', async (t) => {
  const heard = await page.evaluate(async () => {
    const log: { at: number; type: string }[] = [];
    window.engine = await window.mayfly.Mayfly.create({
      createWorker: () => {
        const worker = new Worker('/mayfly/worker.js', { type: 'module' });
        worker.addEventListener('message', ({ data }) =>
          log.push({ at: performance.now(), type: data.type }),
        );
        return worker;
      },
    });
    const text = 'a passage about travel and leave. '.repeat(20);
    const documents = Array.from({ length: 500 }, (_, i) => ({
      id: `d${i}`,
      text: `${i} ${text}`,
    }));
    const controller = new AbortController();
    const adding = window.engine.collection().add(documents, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const abortedAt = performance.now();
    controller.abort();
    const name = await adding.catch((error: Error) => error.name);
    await window.engine.embed('afterwards');
    return { name, messages: log.map(({ at, type }) => ({ type, after: at - abortedAt })) };
  });
  assert.equal(heard.name, 'AbortError');
  const later = heard.messages.filter(({ after }) => after > 0);
  const acknowledged = later.findIndex(({ type }) => type === 'cancelled');
  assert.notEqual(acknowledged, -1, 'the worker says that it has stopped');
  assert.deepEqual(
    later.slice(acknowledged + 1).filter(({ type }) => type === 'progress'),
    [],
    'and reports no progress from then on',
  );
  t.diagnostic(`stopped ${later[acknowledged]?.after.toFixed(1)} ms after the abort`);
});

for (const [death, kill] of [
  ['is terminated from outside', () => (window['worker'] as Worker).terminate()],
  ['throws what nothing catches', 'throw'],
  ['never returns from a loop', 'loop'],
] as const) {
  test(`when the worker ${death}, 100 pending calls reject and the next search works`, async () => {
    await page.evaluate(async () => {
      window.engine = await window.mayfly.Mayfly.create({
        unresponsiveAfterMs: 1500,
        createWorker: () => {
          const worker = new Worker('/mayfly/worker.js', { type: 'module' });
          window['worker'] = worker;
          return worker;
        },
      });
      const collection = window.engine.collection();
      await collection.add([
        { id: 'cat', text: 'A kitten was resting on the rug' },
        { id: 'code', text: 'Python is a programming language' },
      ]);
      window['collection'] = collection;
      window['before'] = (await collection.search('cats')).results;
      const long = 'words of a long text that takes a while '.repeat(30);
      window['pending'] = Promise.allSettled(
        Array.from({ length: 100 }, (_, i) => window.engine.embed([`${i} ${long}`, long, long])),
      );
    });
    const [worker] = page.workers();
    assert.ok(worker);
    if (typeof kill === 'function') await page.evaluate(kill);
    else if (kill === 'throw') {
      await worker.evaluate(
        () =>
          void setTimeout(() => {
            throw new Error('boom');
          }),
      );
    } else {
      await worker.evaluate(
        () =>
          void setTimeout(() => {
            for (;;);
          }),
      );
    }
    const outcome = await page.evaluate(async () => {
      const settled = await (window['pending'] as Promise<PromiseSettledResult<unknown>[]>);
      const collection = window['collection'] as Package.Collection;
      const { results } = await collection.search('cats');
      return {
        codes: settled.map((one) => (one.status === 'rejected' ? one.reason.code : 'fulfilled')),
        names: [...new Set(settled.map((one) => one.status === 'rejected' && one.reason.name))],
        results,
        before: window['before'],
      };
    });
    const crashed = outcome.codes.filter((code) => code === 'worker-crashed').length;
    const earlier = outcome.codes.filter((code) => code === 'fulfilled').length;
    assert.equal(crashed + earlier, 100, String(outcome.codes));
    assert.ok(crashed > 50, `${crashed} calls were pending`);
    assert.deepEqual(outcome.results, outcome.before, 'the same results from the fresh worker');
  });
}

test('hostile text is embedded or refused, and the engine goes on', async () => {
  await createEngine();
  const outcome = await page.evaluate(async () => {
    const { engine } = window;
    const megabyte = 'lorem ipsum '.repeat(90_000);
    const texts = ['', '\u0000', 'a\u0000b', '\ud800', '\udc00x', '\ufeff', megabyte, '<b>&amp;'];
    const embedded = await engine.embed(texts);
    const collection = engine.collection();
    await collection.add(texts.map((text, i) => ({ id: `\u0000${i}\ud800`, text })));
    const { results } = await collection.search(megabyte, { k: 20 });
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
  assert.deepEqual(watched.problems, []);
});

test('models that are not what they should be are typed errors', async () => {
  const models = join(site.demoFolder, 'mayfly/models');
  const file = readFileSync(join(models, 'minilm.safetensors'));
  const manifest = JSON.parse(readFileSync(join(models, 'minilm.json'), 'utf8')) as object;
  const write = (name: string, changes: object) =>
    site.write(`damaged/${name}.json`, JSON.stringify({ ...manifest, ...changes }));
  const flipped = Buffer.from(file);
  flipped[file.length >> 1]! ^= 1;
  site.write('damaged/flipped.safetensors', flipped);
  site.write('damaged/short.safetensors', file.subarray(0, 1_000_000));
  site.write('damaged/page.json', '<!doctype html>');
  write('flipped', { file: 'flipped.safetensors' });
  write('short', { file: 'short.safetensors' });
  write('nowhere', { file: 'nowhere.safetensors' });
  const cases: [model: string, code: string, integrity: boolean][] = [
    ['damaged/flipped.json', 'checksum-mismatch', true],
    ['damaged/short.json', 'checksum-mismatch', true],
    ['damaged/short.safetensors', 'invalid-model', false],
    ['damaged/nowhere.json', 'model-unavailable', true],
    ['damaged/page.json', 'model-unavailable', true],
    ['damaged/nothing.json', 'model-unavailable', true],
    ['harness.html', 'invalid-argument', true],
    ['harness.html', 'model-unavailable', false],
  ];
  for (const [model, code, integrity] of cases) {
    const got = await page.evaluate(
      async ({ url, checked }) => {
        try {
          (await window.mayfly.Mayfly.create({ model: url, integrity: checked })).dispose();
          return 'loaded';
        } catch (error) {
          const { name, code: thrown } = error as { name: string; code: string };
          return `${name} ${thrown}`;
        }
      },
      { url: `/${model}`, checked: integrity },
    );
    assert.equal(got, `MayflyError ${code}`, model);
  }
  await assertNoWorkerLeft();
});

test('missing assets of the package are typed errors', async () => {
  const codes = await page.evaluate(async () => {
    const attempt = (options: Package.MayflyOptions) =>
      window.mayfly.Mayfly.create(options).then(
        () => 'loaded',
        (error: { code: string }) => error.code,
      );
    return [
      await attempt({ workerUrl: '/nothing.js' }),
      await attempt({ wasmUrl: '/nothing.wasm' }),
      await attempt({ wasmUrl: '/favicon.svg' }),
      await attempt({ wasmBinary: new Uint8Array([0, 97, 115, 109]) }),
    ];
  });
  assert.deepEqual(codes, Array(4).fill('engine-unavailable'));
});

test('loading reports the bytes of the model and can be aborted in the middle', async () => {
  const outcome = await page.evaluate(async () => {
    const seen: Package.LoadProgress[] = [];
    (
      await window.mayfly.Mayfly.create({ onProgress: (progress) => seen.push(progress) })
    ).dispose();
    const controller = new AbortController();
    let reports = 0;
    const aborted = await window.mayfly.Mayfly.create({
      signal: controller.signal,
      onProgress: () => {
        reports += 1;
        controller.abort();
      },
    }).catch((error: Error) => error.name);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { seen, aborted, reports };
  });
  const downloads = outcome.seen.filter(({ stage }) => stage === 'download');
  const last = downloads.at(-1);
  assert.ok(downloads.length > 3);
  assert.equal(last?.loaded, last?.total);
  assert.deepEqual(
    outcome.seen.slice(downloads.length).map(({ stage }) => stage),
    ['prepare', 'ready'],
  );
  assert.deepEqual([outcome.aborted, outcome.reports], ['AbortError', 1]);
  await assertNoWorkerLeft();
});

test('dispose ends the worker; a second engine is independent of the first', async () => {
  await createEngine();
  const codes = await page.evaluate(async () => {
    const second = await window.mayfly.Mayfly.create();
    const pending = window.engine.embed('a text').catch((error: { code: string }) => error.code);
    window.engine.dispose();
    const code = await pending;
    const vector = (await second.embed('a text')).vector.length;
    second.dispose();
    return [code, vector];
  });
  assert.deepEqual(codes, ['disposed', 384]);
  await assertNoWorkerLeft();
});
