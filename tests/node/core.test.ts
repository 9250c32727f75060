// SPDX-License-Identifier: Apache-2.0
// The WebAssembly core with the real model, as worker and page use it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { withObject, type CoreModel, type CoreModule } from '../../web/client/core/core.js';
import { packStrings, unpackStrings } from '../../web/client/core/packed-strings.js';
import { toFacets } from '../../web/client/worker/facets.js';
import {
  dot,
  embed,
  ingest,
  loadCore,
  loadModel,
  openCollection,
  readModel,
  search,
  startIngest,
  untitled,
} from './real-core.js';

const SENTENCES = [
  'The cat sat on the mat',
  'A kitten was resting on the rug',
  'Python is a programming language',
  'I love machine learning',
];

let core: CoreModule;
let model: CoreModel;
before(async () => {
  core = await loadCore();
  model = loadModel(core, await readModel());
});

test('the similarities that tutorials print are within 0.02 of the fp32 model', () => {
  const { vectors } = embed(core, model, SENTENCES);
  const reference = [0.627, 0.031, -0.023, 0.048, -0.102, 0.236];
  const pairs = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => [a, b]));
  pairs.forEach(([a, b], pair) => {
    const cosine = dot(vectors[a as number]!, vectors[b as number]!);
    const expected = reference[pair] as number;
    assert.ok(Math.abs(cosine - expected) <= 0.02, `pair ${a},${b}: ${cosine}, not ${expected}`);
  });
});

test('the model says what it is', () => {
  const { name, fingerprint, dim, maxTokens } = model.info();
  assert.ok(name.length > 0);
  assert.match(fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual([dim, maxTokens], [384, 256]);
});

test('a vector is bit-equal alone, in any batch and in any order', () => {
  const texts = [...SENTENCES, '', 'x'.repeat(3000), 'short'];
  const together = embed(core, model, texts).vectors;
  const reversed = embed(core, model, [...texts].reverse()).vectors.reverse();
  texts.forEach((text, i) => {
    const [alone] = embed(core, model, [text]).vectors;
    assert.deepEqual(alone, together[i], `alone: ${text.slice(0, 20)}`);
    assert.deepEqual(reversed[i], together[i], `reversed: ${text.slice(0, 20)}`);
  });
});

test('growth of the memory between calls changes nothing', () => {
  const before = embed(core, model, SENTENCES).vectors;
  const memory = withObject(new core.Buffer(1), (probe) => probe.view().buffer.byteLength);
  const large = new core.Buffer(memory);
  const grown = large.view().buffer.byteLength;
  large.delete();
  assert.ok(grown > memory, 'the memory did grow');
  assert.deepEqual(embed(core, model, SENTENCES).vectors, before);
});

test('tokens of a text join up to it, with offsets in code points', () => {
  const text = 'Éclair 😀 unbelievable';
  const encoding = withObject(packStrings(core, [text]), (packed) => model.tokenize(packed));
  const tokens = unpackStrings(encoding.tokens);
  assert.deepEqual([tokens[0], tokens.at(-1)], ['[CLS]', '[SEP]']);
  assert.equal(encoding.ids.length, tokens.length);
  assert.equal(encoding.offsets.length, 2 * tokens.length);
  const points = [...text];
  const first = points.slice(encoding.offsets[2], encoding.offsets[3]).join('');
  assert.equal(
    tokens[1]?.toLowerCase(),
    first
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase(),
  );
  assert.equal(encoding.dropped, 0);
});

test('special tokens written in a text are plain text', () => {
  const { tokens } = embed(core, model, ['[SEP] [CLS] [MASK]', 'plain']);
  assert.ok((tokens[0] as number) > 5, 'they are taken apart');
});

test('empty text, NUL bytes, lone surrogates and 1 MB of text are embedded', () => {
  const megabyte = 'lorem ipsum dolor '.repeat(60_000);
  const awkward = ['', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\ufffe\uffff', megabyte];
  const { vectors, tokens, dropped } = embed(core, model, awkward);
  for (const [i, vector] of vectors.entries()) {
    assert.ok(vector.every(Number.isFinite), `text ${i}`);
    assert.ok(Math.abs(dot(vector, vector) - 1) < 1e-4, `text ${i} has unit length`);
  }
  assert.equal(tokens[0], 2, 'an empty text is its markers');
  assert.equal(tokens[6], 256);
  assert.ok((dropped[6] as number) > 100_000, 'what was cut is counted');
  assert.deepEqual(vectors[3], embed(core, model, ['\ufffd']).vectors[0]);
});

test('facets are most frequent first, ties by value, and kinds stay apart', () => {
  const collection = openCollection(core, model);
  const values = ['10', '9', '-1', '"9"', 'true', '"ä"', '["9", "9"]', 'false', '9'];
  ingest(core, collection, untitled(values.flatMap((n, i) => [`d${i}`, 'x', `{"n":${n}}`])));
  const facets = (key: string, filter: string) =>
    withObject(packStrings(core, [key, filter]), (packed) => toFacets(collection.facets(packed)))
      .map(({ value, count }) => `${JSON.stringify(value)}: ${count}`)
      .join(', ');
  assert.equal(facets('n', ''), '9: 2, "9": 2, false: 1, true: 1, -1: 1, 10: 1, "ä": 1');
  assert.equal(facets('n', '{"n":{"lt":9.5}}'), '9: 2, -1: 1');
  assert.equal(facets('m', ''), '');
  withObject(packStrings(core, ['n']), (packed) =>
    assert.throws(() => collection.facets(packed), { code: 'invalid-argument' }),
  );
  collection.delete();
});

test('a collection adds, finds, updates, removes and clears', () => {
  const collection = openCollection(core, model);
  const ids = ['cat', 'kitten', 'python', 'ml'];
  ingest(core, collection, untitled(SENTENCES.flatMap((text, i) => [ids[i]!, text, `{"n":${i}}`])));
  assert.equal(collection.size(), 4);
  const hits = search(core, model, collection, 'a small cat sleeps', 2);
  assert.deepEqual(hits.map(({ id }) => id).sort(), ['cat', 'kitten']);
  assert.ok(hits[0]!.score >= hits[1]!.score && hits[0]!.score <= 1);
  assert.equal(hits.find(({ id }) => id === 'kitten')?.metadata, '{"n":1}');
  ingest(core, collection, untitled(['python', 'A cat called Python', '']), true);
  const [first] = search(core, model, collection, 'A cat called Python', 1);
  assert.deepEqual([first?.id, first?.metadata], ['python', '']);
  assert.ok(Math.abs((first?.score ?? 0) - 1) < 0.02, 'a text finds itself');
  const removed = withObject(packStrings(core, ['python', 'nobody']), (p) => collection.remove(p));
  assert.deepEqual([removed, collection.size()], [1, 3]);
  collection.clear();
  assert.deepEqual(search(core, model, collection, 'cat', 3), []);
  collection.delete();
});

test('a failed or dropped ingestion leaves the collection as it was', () => {
  const collection = openCollection(core, model);
  ingest(core, collection, untitled(['a', 'first', '']));
  const attempts: [string[], boolean, string][] = [
    [['b', 'new', '', 'a', 'again', ''], false, 'duplicate-id'],
    [['b', 'new', '', 'b', 'again', ''], false, 'duplicate-id'],
    [['', 'no id', ''], false, 'invalid-argument'],
    [['a', 'known', '', 'c', 'unknown', ''], true, 'not-found'],
  ];
  for (const [documents, update, code] of attempts) {
    assert.throws(() => ingest(core, collection, untitled(documents), update), { code });
  }
  const many = Array.from({ length: 50 }, (_, i) => [`d${i}`, `text ${i}`, '']).flat();
  const job = startIngest(core, collection, untitled(many));
  job.step(0);
  job.delete();
  assert.equal(collection.size(), 1);
  assert.equal(search(core, model, collection, 'first', 5)[0]?.text, 'first');
  collection.delete();
});

test('a job whose collection is gone says so', () => {
  const collection = openCollection(core, model);
  const documents = Array.from({ length: 50 }, (_, i) => [`d${i}`, `text ${i}`, '']).flat();
  const job = startIngest(core, collection, untitled(documents));
  collection.delete();
  assert.throws(
    () => {
      while (!job.step(20));
    },
    { code: 'disposed' },
  );
  job.delete();
});

test('malformed calls are typed errors and the core goes on', () => {
  const collection = openCollection(core, model);
  const bytes = (values: number[]) => {
    const buffer = new core.Buffer(values.length);
    buffer.view().set(values);
    return buffer;
  };
  const malformed = [[], [1, 0, 0], [1, 0, 0, 0], [255, 255, 255, 255, 0, 0, 0, 0]];
  malformed.push([1, 0, 0, 0, 255, 255, 255, 255], [1, 0, 0, 0, 2, 0, 0, 0, 65]);
  for (const values of malformed) {
    const wrong = { code: 'invalid-argument' };
    const packed = bytes(values);
    assert.throws(() => new core.EmbedJob(model, packed), wrong, String(values));
    assert.throws(() => new core.IngestJob(collection, packed, false), wrong, String(values));
    assert.throws(() => new core.DocumentJob(model, packed), wrong, String(values));
    assert.throws(() => core.FillJob.of(collection, 2, packed), wrong, String(values));
    assert.throws(() => collection.search(packed, 1, 2, null, null), wrong, String(values));
    assert.throws(() => collection.remove(packed), wrong, String(values));
    assert.throws(() => model.tokenize(packed), wrong, String(values));
    packed.delete();
  }
  const query = withObject(packStrings(core, ['a']), (p) => new core.EmbedJob(model, p));
  const packed = packStrings(core, ['a', '']);
  const ask = (k: number, filter = packed) => collection.search(filter, k, 0, null, query);
  assert.throws(() => ask(1), { code: 'invalid-argument' }, 'not stepped');
  assert.throws(() => query.vectors(), { code: 'invalid-argument' }, 'not stepped');
  while (!query.step(20));
  assert.throws(() => ask(0), { code: 'invalid-argument' });
  assert.throws(() => core.FillJob.all(collection, 1), { code: 'invalid-argument' }, 'no model');
  assert.throws(() => core.FillJob.all(collection, 3 as 2), { code: 'invalid-argument' });
  withObject(packStrings(core, ['a', '{"lang"']), (broken) =>
    assert.throws(() => ask(1, broken), { code: 'invalid-argument' }, 'a filter that is not JSON'),
  );
  packed.delete();
  query.delete();
  assert.throws(() => new core.Buffer(3_000_000_000), { code: 'out-of-memory' });
  assert.equal(embed(core, model, ['still alive']).vectors.length, 1);
  collection.delete();
});
