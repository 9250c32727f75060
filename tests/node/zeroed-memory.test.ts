// SPDX-License-Identifier: Apache-2.0
// After disposal no trace of text, ids, metadata, queries or vectors is left in WebAssembly memory.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { withObject, type CoreModel, type CoreModule } from '../../web/client/core/core.js';
import { packStrings } from '../../web/client/core/packed-strings.js';
import {
  embed,
  finish,
  ingest,
  loadCore,
  loadModel,
  openCollection,
  readModel,
  search,
  startIngest,
  wholeMemory,
} from './real-core.js';

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
  `Title of ${MARKER}`,
  `Above ${MARKER}\nRight above ${MARKER}`,
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

test('text, title, headings, ids, metadata, attributes and vectors are gone when their objects are deleted', () => {
  const texts = documents.filter((_, i) => i % 5 === 1);
  // Vectors to look for, as this side's own copies: the first embedding leaves no trace either.
  const { vectors } = embed(core, model, texts);
  for (const vector of vectors) assert.equal(placesOf(fragment(vector)), 0, 'of an embedding');

  const collection = openCollection(core, model);
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
  const collection = openCollection(core, model);
  const job = startIngest(core, collection, documents);
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
  const made = withObject(
    withObject(packStrings(core, documents), (packed) => new core.DocumentJob(model, packed)),
    (job) => {
      while (!job.step(20));
      return { vectors: job.vectors(), counts: job.counts() };
    },
  );
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array) => {
    const copy = new core.Buffer(byteLength);
    copy.view().set(new Uint8Array(buffer, byteOffset, byteLength));
    return copy;
  };
  const trace = fragment(made.vectors.slice(3 * 384, 4 * 384));
  assert.equal(placesOf(trace), 0, 'the job that made them leaves no trace');
  const collection = openCollection(core, model);
  finish(startIngest(core, collection, documents));
  const ids = documents.filter((_, i) => i % 5 === 0);
  const job = withObject(packStrings(core, ids), (packed) =>
    core.FillJob.of(collection, 2, packed),
  );
  const done = withObject(packStrings(core, [model.info().fingerprint]), (name) =>
    withObject(bytes(made.vectors), (values) =>
      withObject(bytes(made.counts), (counts) => {
        assert.ok(placesOf(trace) >= 1, 'the search for traces finds what is there');
        return job.supply(name, values, counts);
      }),
    ),
  );
  assert.ok(done);
  job.delete();
  assert.equal(placesOf(trace), 0, 'as f32');
  const texts = documents.filter((_, i) => i % 5 === 1);
  const best = search(core, model, collection, texts[5]!, 20).map(({ text }) => text);
  assert.deepEqual(best.sort(), texts.sort(), 'all have their vectors');
  collection.delete();
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'text, ids or metadata');
});

test('removed, replaced and cleared documents are gone at once', () => {
  const collection = openCollection(core, model);
  ingest(core, collection, documents);
  ingest(
    core,
    collection,
    documents.map((value, i) => (i % 5 === 0 ? value : 'other')),
    true,
  );
  assert.equal(placesOf(Buffer.from(`meta-${MARKER}`)), 0, 'replaced');
  collection.clear();
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'cleared');
  ingest(core, collection, documents);
  const ids = documents.filter((_, i) => i % 5 === 0);
  withObject(packStrings(core, ids), (packed) => collection.remove(packed));
  assert.equal(placesOf(Buffer.from(MARKER)), 0, 'removed');
  collection.delete();
});

test('opening and disposing again and again does not grow the memory', () => {
  const round = () => {
    const collection = openCollection(core, model);
    ingest(core, collection, documents.slice(0, 15));
    search(core, model, collection, 'other matters', 2);
    collection.delete();
  };
  for (let i = 0; i < 5; i++) round();
  const before = wholeMemory(core).length;
  for (let i = 0; i < 40; i++) round();
  assert.equal(wholeMemory(core).length, before);
});
