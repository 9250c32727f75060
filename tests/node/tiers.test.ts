// SPDX-License-Identifier: Apache-2.0
// Both models in one WebAssembly collection: words first, vectors as they come, the same bits whoever
// makes them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  withObject,
  type CoreCollection,
  type CoreModel,
  type CoreModule,
  type CoreTier,
} from '../../web/client/core/core.js';
import { packStrings } from '../../web/client/core/packed-strings.js';
import {
  embed,
  dot,
  finish,
  ingest,
  loadCore,
  loadModel,
  openCollection,
  readModel,
  search,
  startIngest,
} from './real-core.js';

let core: CoreModule;
let statically: CoreModel;
let transformer: CoreModel;
before(async () => {
  core = await loadCore();
  statically = loadModel(core, await readModel('minilm-static.safetensors'));
  transformer = loadModel(core, await readModel());
});

const DOCUMENTS = [
  ...['refund', 'Customers get their money back within two weeks.', '{"lang":"en"}', 'Returns', ''],
  ...[
    'battery',
    'Charge the phone overnight before first use.',
    '{"lang":"en"}',
    'Power',
    'Manual',
  ],
  ...[
    'recipe',
    'Whisk the eggs, then fold in flour and sugar.',
    '{"lang":"de"}',
    '',
    'Food\nCakes',
  ],
  ...['leave', 'Tell your manager before you take a holiday.', '{"lang":"de"}', 'Leave', ''],
];

const bytesOf = (values: Float32Array | Uint32Array) => {
  const buffer = new core.Buffer(values.byteLength);
  buffer.view().set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return buffer;
};

/** Vectors and counts as a further worker makes them. */
function madeElsewhere(documents: readonly string[]) {
  const job = withObject(
    packStrings(core, documents),
    (packed) => new core.DocumentJob(transformer, packed),
  );
  return withObject(job, () => {
    while (!job.step(20));
    return { vectors: job.vectors(), counts: job.counts() };
  });
}

function supply(
  collection: CoreCollection,
  ids: readonly string[],
  { vectors, counts }: ReturnType<typeof madeElsewhere>,
  fingerprint = transformer.info().fingerprint,
): boolean {
  const job = withObject(packStrings(core, ids), (packed) =>
    core.FillJob.of(collection, 2, packed),
  );
  return withObject(job, () =>
    withObject(packStrings(core, [fingerprint]), (name) =>
      withObject(bytesOf(vectors), (values) =>
        withObject(bytesOf(counts), (numbers) => job.supply(name, values, numbers)),
      ),
    ),
  );
}

const IDS = DOCUMENTS.filter((_, i) => i % 5 === 0);
const QUERIES = [
  'how do I bake a cake',
  'reimbursement of payments',
  'holiday',
  'phone "first use"',
];

test('a document is found by its words at once, by each model when that has read it', () => {
  const collection = openCollection(core, statically, transformer);
  finish(startIngest(core, collection, DOCUMENTS));
  const pending = () => ([1, 2] as CoreTier[]).map((tier) => collection.pendingCount(tier));
  assert.deepEqual(pending(), [4, 4]);
  const words = (query: string) => search(core, transformer, collection, query, 4, { mode: 2 });
  assert.deepEqual(
    words('holiday').map(({ id, tier }) => [id, tier]),
    [['leave', 0]],
  );
  assert.deepEqual(
    words('cakes').map(({ id, headings }) => [id, headings]),
    [['recipe', 'Food\nCakes']],
  );
  assert.deepEqual(words('nothing of this occurs'), []);
  finish(core.FillJob.all(collection, 1));
  assert.deepEqual(pending(), [0, 4]);
  assert.equal(search(core, statically, collection, QUERIES[0]!, 1)[0]?.id, 'recipe');
  finish(core.FillJob.all(collection, 2));
  assert.deepEqual(pending(), [0, 0]);
  for (const [query, id] of [
    [QUERIES[0]!, 'recipe'],
    [QUERIES[1]!, 'refund'],
  ] as const) {
    const [hit] = search(core, transformer, collection, query, 1);
    assert.deepEqual([hit?.id, hit?.tier], [id, 2]);
  }
  collection.delete();
});

test('of the candidates of a query only those are read that it needs', () => {
  const collection = openCollection(core, statically, transformer);
  ingest(core, collection, DOCUMENTS, false, [1]);
  const query = withObject(
    packStrings(core, [QUERIES[0]!]),
    (packed) => new core.EmbedJob(statically, packed),
  );
  while (!query.step(20));
  const job = withObject(packStrings(core, [QUERIES[0]!, '']), (packed) =>
    core.FillJob.candidates(collection, packed, 1, query, 2),
  );
  assert.equal(job.size(), 2);
  finish(job);
  query.delete();
  assert.equal(collection.pendingCount(2), 2);
  const [first] = search(core, transformer, collection, QUERIES[0]!, 4, { mode: 0 });
  assert.deepEqual([first?.id, first?.tier], ['recipe', 2]);
  collection.delete();
});

test('a filter holds in every mode, and a wrong one is a typed error', () => {
  const collection = openCollection(core, transformer);
  ingest(core, collection, DOCUMENTS);
  for (const mode of [0, 1] as const) {
    const ids = (filter: string) =>
      search(core, transformer, collection, 'phone cake', 9, { mode, filter }).map(({ id }) => id);
    assert.ok(ids('{"lang":"de"}').every((id) => id === 'recipe' || id === 'leave'));
    assert.deepEqual(ids('{"lang":"fr"}'), []);
    assert.throws(() => ids('{"lang":{"almost":1}}'), { code: 'invalid-argument' });
    assert.throws(() => ids('{"lang":{"gte":null}}'), { code: 'invalid-argument' });
  }
  collection.delete();
});

test('vectors of another worker give the answers, bit for bit, of those made here', () => {
  const here = openCollection(core, transformer);
  ingest(core, here, DOCUMENTS);
  const taken = openCollection(core, transformer);
  finish(startIngest(core, taken, DOCUMENTS));
  assert.ok(supply(taken, IDS, madeElsewhere(DOCUMENTS)));
  for (const query of QUERIES) {
    for (const mode of [0, 1] as const) {
      const found = (collection: CoreCollection) =>
        search(core, transformer, collection, query, 9, { mode });
      assert.deepEqual(found(taken), found(here), query);
    }
  }
  here.delete();
  taken.delete();
});

test('the score of a short document is the dot product of its vector and the query', () => {
  const collection = openCollection(core, transformer);
  // Without title a passage is the text itself.
  const documents = DOCUMENTS.map((value, i) => (i % 5 > 2 ? '' : value));
  ingest(core, collection, documents);
  const texts = documents.filter((_, i) => i % 5 === 1);
  const { vectors } = embed(core, transformer, [...texts, QUERIES[0]!]);
  const query = vectors.pop()!;
  const expected = new Map(texts.map((text, i) => [text, dot(vectors[i]!, query)]));
  for (const { text, score } of search(core, transformer, collection, QUERIES[0]!, 9)) {
    // Vectors are kept as bytes.
    assert.ok(Math.abs(score - expected.get(text)!) < 0.01, `${score}, ${expected.get(text)}`);
  }
  collection.delete();
});

test('supplied vectors of an older text, of a removed document or another model are not taken', () => {
  const collection = openCollection(core, transformer);
  finish(startIngest(core, collection, DOCUMENTS));
  const made = madeElsewhere(DOCUMENTS);
  finish(startIngest(core, collection, ['refund', 'Other text now', '', '', ''], true));
  withObject(packStrings(core, ['leave']), (packed) => collection.remove(packed));
  assert.throws(() => supply(collection, IDS, made, 'f'.repeat(64)), { code: 'space-mismatch' });
  assert.throws(() => supply(collection, IDS.slice(1), made), { code: 'invalid-argument' });
  const short = { ...made, vectors: made.vectors.subarray(384) };
  assert.throws(() => supply(collection, IDS, short), { code: 'dimension-mismatch' });
  const broken = {
    ...made,
    vectors: made.vectors.map((value, i) => (i === 384 + 5 ? NaN : value)),
  };
  assert.throws(() => supply(collection, IDS, broken), { code: 'invalid-argument' });
  assert.ok(supply(collection, IDS, made));
  assert.equal(collection.pendingCount(2), 1, 'the updated one waits for its own');
  collection.delete();
});
