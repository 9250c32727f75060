// SPDX-License-Identifier: Apache-2.0
// The reader against what the command wrote, over a fetch that reads files; and against broken corpora.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  openCorpus,
  type CorpusDocument,
  type OpenCorpusOptions,
} from '../../web/corpus/reader.js';
import { build, html, makeTree, readCorpus } from './site-tree.js';

const MANIFEST = 'https://site.example/docs/mayfly/corpus/manifest.json';

type Transform = (name: string, bytes: Buffer) => Buffer | Response | Error;

/** Serves a built site at https://site.example/docs/; `transform` plays the host that does it otherwise. */
function host(folder: string, transform: Transform = (_, bytes) => bytes) {
  const asked: string[] = [];
  const fetch = async (url: string, { signal }: { signal?: AbortSignal }) => {
    signal?.throwIfAborted();
    const path = new URL(url).pathname.replace('/docs/', '');
    const name = path.split('/').at(-1)!;
    asked.push(name);
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    signal?.throwIfAborted();
    if (!bytes) return new Response('no', { status: 404 });
    const answer = transform(name, bytes);
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : new Response(new Uint8Array(answer));
  };
  return { asked, fetch };
}

async function readAll(
  options: OpenCorpusOptions,
  signal?: AbortSignal,
): Promise<CorpusDocument[]> {
  const corpus = await openCorpus(MANIFEST, options);
  const all: CorpusDocument[] = [];
  for await (const chunk of corpus.chunks(signal)) all.push(...chunk);
  return all;
}

async function makeSite(t: TestContext): Promise<string> {
  const pages = Array.from({ length: 12 }, (_, n) => [
    `guide/p${n}/index.html`,
    html(
      `<main data-mayfly-filter="section:Guide"><h1 data-mayfly-meta="author:Ada">Page ${n}</h1>` +
        Array.from(
          { length: 8 },
          (_, h) => `<h2 id="h${h}">Part ${h}</h2><p>${`w${n}x${h} `.repeat(200)}</p>`,
        ).join('') +
        `<p data-mayfly-weight="2" data-mayfly-sort="date:2024">end ${n}</p></main>`,
    ),
  ]);
  const folder = await makeTree(t, {
    ...(Object.fromEntries(pages) as Record<string, string>),
    'de/index.html': '<html lang="de-AT"><title>Hallo</title><main><p>Guten Tag</p></main>',
  });
  await build(folder, '--chunk-size', '16');
  return folder;
}

test('documents are what the files say, in their order, with unique ids', async (t) => {
  const folder = await makeSite(t);
  const documents = await readAll(host(folder));
  const plain = await readCorpus(folder);
  assert.equal(documents.length, plain.length);
  assert.equal(new Set(documents.map(({ id }) => id)).size, plain.length);
  documents.forEach(({ title, text, headings, metadata }, index) => {
    const expected = plain[index]!;
    assert.deepEqual([title, text, headings], [expected.title, expected.text, expected.headings]);
    assert.equal(metadata?.page, expected.url);
    assert.equal(metadata?.anchor ?? '', expected.anchor);
    assert.equal(metadata?.weight ?? 1, expected.weight);
  });
  const first = documents.find(({ id }) => id === 'guide/p3/#0');
  assert.deepEqual(first?.metadata, {
    page: 'guide/p3/',
    url: 'guide/p3/',
    anchor: 'h0',
    language: 'en',
    filters: { section: ['Guide'] },
    meta: { author: 'Ada' },
    sort: { date: '2024' },
  });
});

test('opening loads the manifest alone, and resolves addresses against it', async (t) => {
  const { fetch, asked } = host(await makeSite(t));
  const corpus = await openCorpus(MANIFEST, { fetch });
  assert.deepEqual(asked, ['manifest.json']);
  assert.equal(corpus.base, 'https://site.example/docs/');
  assert.deepEqual([corpus.pages, corpus.languages], [13, ['en', 'de-AT']]);
});

test('the first passages come alone, others a little ahead, compressed, each once', async (t) => {
  const { fetch, asked } = host(await makeSite(t));
  const chunks = (await openCorpus(MANIFEST, { fetch })).chunks();
  const kinds = () => asked.map((name) => name.replace(/-.*|\..*/, ''));
  await chunks.next();
  assert.deepEqual(kinds(), ['manifest', 'pages', 'passages']);
  await chunks.next();
  assert.ok(asked.length > 3 && asked.length <= 1 + 1 + 5, asked.join());
  for await (const chunk of chunks) assert.ok(chunk.length > 0);
  assert.equal(new Set(asked).size, asked.length);
  assert.ok(asked.slice(1).every((name) => name.endsWith('.json.gz')));
});

test('one wished language is loaded: the same tag, else the same language, else all', async (t) => {
  const { fetch } = host(await makeSite(t));
  const languages = async (...wishes: string[]) =>
    (await openCorpus(MANIFEST, { fetch, languages: wishes })).languages;
  assert.deepEqual(await languages('de-AT'), ['de-AT']);
  assert.deepEqual(await languages('de'), ['de-AT']);
  assert.deepEqual(await languages('fr', 'EN-gb'), ['en']);
  assert.deepEqual(await languages('fr'), ['en', 'de-AT']);
});

test('a host that unpacks .gz files itself is fine', async (t) => {
  const folder = await makeSite(t);
  const unpacking = host(folder, (name, bytes) =>
    name.endsWith('.gz') ? gunzipSync(bytes) : bytes,
  );
  assert.deepEqual(await readAll(unpacking), await readAll(host(folder)));
});

test('a browser that cannot unpack gets plain files', async (t) => {
  const folder = await makeSite(t);
  const expected = await readAll(host(folder));
  const { DecompressionStream: original } = globalThis;
  t.after(() => (globalThis.DecompressionStream = original));
  globalThis.DecompressionStream = undefined as unknown as typeof original;
  const { fetch, asked } = host(folder);
  assert.deepEqual(await readAll({ fetch }), expected);
  assert.ok(asked.every((name) => name.endsWith('.json')));
  await build(folder, '--compression', 'gzip');
  await assert.rejects(readAll(host(folder)), { code: 'corpus-unavailable' });
});

test('files that are missing, changed, cut off, or larger than they say are typed errors', async (t) => {
  const folder = await makeSite(t);
  const passages =
    (change: (bytes: Buffer) => Buffer | Response | Error): Transform =>
    (name, bytes) =>
      name.startsWith('passages') ? change(bytes) : bytes;
  const cases: [string, Transform][] = [
    ['corpus-unavailable', passages(() => new Response('gone', { status: 404 }))],
    ['corpus-unavailable', passages(() => new TypeError('fetch failed'))],
    ['corpus-checksum-mismatch', passages((bytes) => bytes.subarray(0, 100))],
    ['corpus-checksum-mismatch', passages(() => Buffer.from('[]'))],
    ['corpus-checksum-mismatch', passages(() => gzipSync(Buffer.alloc(50_000_000)))],
    [
      'corpus-checksum-mismatch',
      passages((bytes) => {
        const json = gunzipSync(bytes);
        json[json.indexOf('w0x')] = 'v'.charCodeAt(0);
        return gzipSync(json);
      }),
    ],
  ];
  for (const [code, transform] of cases) {
    await assert.rejects(readAll(host(folder, transform)), { name: 'CorpusError', code }, code);
  }
});

test('what is no manifest is refused before anything else is loaded', async (t) => {
  const folder = await makeSite(t);
  const path = join(folder, 'mayfly/corpus/manifest.json');
  const good = await readFile(path, 'utf8');
  const changed = (edit: (manifest: any) => void) => {
    const manifest = JSON.parse(good);
    edit(manifest);
    return JSON.stringify(manifest);
  };
  const file = (edit: (file: any) => void) => changed((m) => edit(m.languages[0].passageFiles[0]));
  const cases: [string, string][] = [
    ['corpus-invalid', '<!doctype html><title>404'],
    ['corpus-invalid', 'null'],
    ['corpus-invalid', changed((m) => delete m.format)],
    ['corpus-version', changed((m) => (m.version = 2))],
    ['corpus-invalid', changed((m) => (m.languages = {}))],
    ['corpus-invalid', changed((m) => (m.encodings = ['rot13']))],
    ['corpus-invalid', changed((m) => (m.pages = -1))],
    ['corpus-invalid', file((f) => (f.sha256 = '../../../secret'))],
    ['corpus-invalid', file((f) => (f.bytes = 1e12))],
    ['corpus-invalid', file((f) => (f.count += 1))],
  ];
  for (const [code, json] of cases) {
    await writeFile(path, json);
    const { fetch, asked } = host(folder);
    await assert.rejects(openCorpus(MANIFEST, { fetch }), { code }, json.slice(0, 80));
    assert.deepEqual(asked, ['manifest.json']);
  }
});

test('entries that are not what the format says are refused with their place', async (t) => {
  const folder = await makeSite(t);
  const corpus = join(folder, 'mayfly/corpus');
  const manifest = JSON.parse(await readFile(join(corpus, 'manifest.json'), 'utf8'));
  const replace = async (kind: 'pages' | 'passages', json: string) => {
    const sha256 = createHash('sha256').update(json).digest('hex');
    const shelf = structuredClone(manifest.languages[1]);
    const files = kind === 'pages' ? 'pageFiles' : 'passageFiles';
    shelf[files] = [{ sha256, bytes: Buffer.byteLength(json), count: 1 }];
    await writeFile(join(corpus, `${kind}-${sha256.slice(0, 16)}.json`), json);
    const broken = { ...manifest, encodings: ['plain'], languages: [shelf] };
    await writeFile(join(corpus, 'manifest.json'), JSON.stringify(broken));
  };
  const cases: ['pages' | 'passages', string, RegExp][] = [
    ['passages', '[[1,0,"",[],"x"]]', /page below 1/],
    ['passages', '[[0,0,"",["x",3],"x"]]', /\[3\]/],
    ['passages', '[[0,0,"",[],null]]', /\[4\]/],
    ['passages', '[[0,0,"",[],"x",11]]', /weight/],
    ['passages', '[]', /list of 1/],
    ['passages', '{', /not JSON/],
    ['pages', '[{"url":"x"}]', /title/],
    ['pages', '[{"url":"x","title":"x","filters":{"a":"b"}}]', /filters\.a/],
  ];
  for (const [kind, json, message] of cases) {
    await replace(kind, json);
    await assert.rejects(readAll(host(folder)), { code: 'corpus-invalid', message }, json);
  }
});

test('an abort ends opening and reading with its reason, and asks for nothing more', async (t) => {
  const folder = await makeSite(t);
  const reason = new Error('left');
  const { fetch, asked } = host(folder);
  await assert.rejects(openCorpus(MANIFEST, { fetch, signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual(asked, []);
  const corpus = await openCorpus(MANIFEST, { fetch });
  await assert.rejects(corpus.chunks(AbortSignal.abort(reason)).next(), reason);
  const controller = new AbortController();
  const chunks = corpus.chunks(controller.signal);
  await chunks.next();
  const before = asked.length;
  controller.abort(reason);
  await assert.rejects(chunks.next(), reason);
  assert.equal(asked.length, before);
});

test('whoever stops reading stops the downloads, and may read again from the beginning', async (t) => {
  const folder = await makeSite(t);
  const signals: AbortSignal[] = [];
  const { fetch } = host(folder);
  const corpus = await openCorpus(MANIFEST, {
    fetch: (url, init) => (init.signal && signals.push(init.signal), fetch(url, init)),
  });
  for await (const chunk of corpus.chunks()) {
    assert.ok(chunk.length > 0);
    break;
  }
  assert.ok(signals.length > 0 && signals.every(({ aborted }) => aborted));
  let size = 0;
  for await (const chunk of corpus.chunks()) size += chunk.length;
  assert.equal(size, corpus.size);
});

test('compressed files say nothing of time or system, so that they are the same everywhere', async (t) => {
  const corpus = join(await makeSite(t), 'mayfly/corpus');
  for (const name of (await readdir(corpus)).filter((one) => one.endsWith('.gz'))) {
    const bytes = await readFile(join(corpus, name));
    assert.deepEqual([...bytes.subarray(0, 8), bytes[9]], [31, 139, 8, 0, 0, 0, 0, 0, 255], name);
    const plain = await readFile(join(corpus, name.slice(0, -3)));
    assert.ok(gunzipSync(bytes).equals(plain), name);
  }
});
