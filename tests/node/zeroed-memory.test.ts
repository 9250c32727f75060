// SPDX-License-Identifier: Apache-2.0
// After disposal no trace of text, ids, metadata, queries or vectors is left in WebAssembly memory.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { withObject, type CoreModel, type CoreModule } from '../../web/client/core/core.js';
import { packStrings } from '../../web/client/core/packed-strings.js';
import { embed, ingest, loadCore, loadModel, readModel, search, wholeMemory } from './real-core.js';

let core: CoreModule;
let model: CoreModel;
before(async () => {
  core = await loadCore();
  model = loadModel(core, await readModel());
});

const MARKER = 'zyxwvutmarker';
const documents = Array.from({ length: 20 }, (_, i) => [
  `id-${MARKER}-${i}`,
  `Passage ${i} speaks of the ${MARKER} and of other matters at some length`,
  JSON.stringify({ note: `meta-${MARKER}-${i}` }),
]).flat();

/** Places of `bytes` in the whole wasm memory. */
function placesOf(bytes: Uint8Array): number {
  const memory = wholeMemory(core);
  let count = 0;
  for (let at = memory.indexOf(bytes); at >= 0; at = memory.indexOf(bytes, at + 1)) count += 1;
  return count;
}

/** Eight floats from the middle of a vector, as bytes: nothing else looks like them. */
const fragment = (vector: Float32Array) => new Uint8Array(vector.slice(100, 108).buffer);

test('text, ids, metadata and vectors are gone when their objects are deleted', () => {
  const texts = documents.filter((_, i) => i % 3 === 1);
  // Vectors to look for, as this side's own copies: the first embedding leaves no trace either.
  const { vectors } = embed(core, model, texts);
  for (const vector of vectors) assert.equal(placesOf(fragment(vector)), 0, 'of an embedding');

  const collection = new core.Collection(model);
  ingest(core, collection, documents);
  assert.equal(search(core, model, collection, `the ${MARKER}?`, 5).length, 5);
  assert.ok(placesOf(Buffer.from(MARKER)) >= 60, 'the search for traces finds what is there');
  collection.delete();
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'text, ids or metadata');
});

test('a query and its vector are gone when the job is deleted', () => {
  const query = `where is the ${MARKER}?`;
  const job = withObject(packStrings(core, [query]), (packed) => new core.EmbedJob(model, packed));
  while (!job.step(20));
  const trace = fragment(job.vectors());
  assert.ok(placesOf(trace) >= 1, 'the vector is there while the job is');
  job.delete();
  assert.equal(placesOf(trace), 0);
  assert.equal(placesOf(Buffer.from(MARKER)), 0);
});

test('an aborted ingestion and refused calls leave nothing behind', () => {
  const collection = new core.Collection(model);
  const packed = packStrings(core, documents);
  const job = withObject(packed, (p) => new core.IngestJob(collection, p, false, false));
  job.step(0);
  job.delete();
  assert.throws(() => ingest(core, collection, [...documents, ...documents]), {
    code: 'duplicate-id',
  });
  assert.throws(() => ingest(core, collection, documents, true), { code: 'not-found' });
  assert.throws(() => ingest(core, collection, ['a', MARKER, '', MARKER]), {
    code: 'invalid-argument',
  });
  withObject(packStrings(core, [`tokenize ${MARKER}`]), (text) => model.tokenize(text));
  assert.equal(placesOf(Buffer.from(MARKER)), 0);
  collection.delete();
});

test('vectors that another worker made are gone with the collection that took them', () => {
  const texts = documents.filter((_, i) => i % 3 === 1);
  const vectors = embed(core, model, texts).vectors;
  const all = new Uint8Array(Float32Array.from(vectors.flatMap((vector) => [...vector])).buffer);
  const copyIn = (bytes: Uint8Array) => {
    const buffer = new core.Buffer(bytes.length);
    buffer.view().set(bytes);
    return buffer;
  };
  const trace = fragment(vectors[3]!);
  const collection = new core.Collection(model);
  const packed = packStrings(core, documents);
  const job = withObject(packed, (p) => new core.IngestJob(collection, p, false, true));
  withObject(packStrings(core, [model.info().fingerprint]), (name) =>
    withObject(copyIn(all), (values) =>
      withObject(copyIn(new Uint8Array(4 * texts.length)), (dropped) => {
        assert.ok(placesOf(trace) >= 1, 'the search for traces finds what is there');
        job.supply(name, values, dropped);
      }),
    ),
  );
  assert.ok(job.step(20));
  job.delete();
  assert.equal(placesOf(trace), 0, 'as f32');
  assert.equal(search(core, model, collection, texts[5]!, 1)[0]?.text, texts[5]);
  collection.delete();
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'text, ids or metadata');
});

test('removed, replaced and cleared documents are gone at once', () => {
  const collection = new core.Collection(model);
  ingest(core, collection, documents);
  ingest(
    core,
    collection,
    documents.map((value, i) => (i % 3 === 0 ? value : 'other')),
    true,
  );
  assert.equal(placesOf(Buffer.from(`meta-${MARKER}`)), 0, 'replaced');
  collection.clear();
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'cleared');
  ingest(core, collection, documents);
  const ids = documents.filter((_, i) => i % 3 === 0);
  withObject(packStrings(core, ids), (packed) => collection.remove(packed));
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'removed');
  collection.delete();
});

test('opening and disposing again and again does not grow the memory', () => {
  const round = () => {
    const collection = new core.Collection(model);
    ingest(core, collection, documents.slice(0, 9));
    search(core, model, collection, 'other matters', 2);
    collection.delete();
  };
  for (let i = 0; i < 5; i++) round();
  const before = wholeMemory(core).length;
  for (let i = 0; i < 40; i++) round();
  assert.equal(wholeMemory(core).length, before);
});
