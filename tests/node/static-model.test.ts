// SPDX-License-Identifier: Apache-2.0
// The static tier in the WebAssembly core: the same calls as with a transformer.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { before, test } from 'node:test';
import type { CoreModel, CoreModule } from '../../web/client/core/core.js';
import {
  dot,
  embed,
  ingest,
  loadCore,
  loadModel,
  openCollection,
  readModel,
  search,
  untitled,
} from './real-core.js';
import { repositoryFile } from './repository.js';

let core: CoreModule;
let model: CoreModel;
before(async () => {
  core = await loadCore();
  model = loadModel(core, await readModel('minilm-static.safetensors'));
});

test('the static model says what it is', () => {
  const { name, fingerprint, dim, maxTokens } = model.info();
  assert.equal(name, 'all-MiniLM-L6-v2-static');
  assert.match(fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual([dim % 16, maxTokens], [0, 256]);
});

test('WebAssembly gives the vectors that NumPy gives', async () => {
  const packed = await readFile(repositoryFile('tests/golden/minilm/static.jsonl.gz'));
  const golden = gunzipSync(packed)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; embedding: number[] })
    // Here a "[SEP]" in a text is text; the reference makes it the special token.
    .filter(({ text }) => !/\[(SEP|CLS|UNK|PAD|MASK)\]/.test(text));
  assert.ok(golden.length > 40);
  const { vectors } = embed(
    core,
    model,
    golden.map(({ text }) => text),
  );
  golden.forEach(({ text, embedding }, i) => {
    const worst = Math.max(...embedding.map((value, d) => Math.abs(value - vectors[i]![d]!)));
    assert.ok(worst < 2e-6, `${text.slice(0, 40)}: ${worst}`);
  });
});

test('a vector is bit-equal alone and in a batch', () => {
  const texts = ['How do I reset my password?', '', 'word '.repeat(900), 'Ünïcödé 東京'];
  const together = embed(core, model, texts);
  assert.equal(together.tokens[2], 256);
  assert.equal(together.dropped[2], 900 + 2 - 256);
  texts.forEach((text, i) => {
    assert.deepEqual(embed(core, model, [text]).vectors[0], together.vectors[i]);
    assert.ok(Math.abs(dot(together.vectors[i]!, together.vectors[i]!) - 1) < 1e-5);
  });
});

test('a collection of the static model finds by meaning', () => {
  const collection = openCollection(core, model);
  const documents = untitled([
    ...['refund', 'Customers get their money back within two weeks.', ''],
    ...['battery', 'Charge the phone overnight before first use.', ''],
    ...['recipe', 'Whisk the eggs, then fold in flour and sugar.', ''],
  ]);
  ingest(core, collection, documents, false, [1]);
  assert.equal(search(core, model, collection, 'how do I bake a cake', 1)[0]?.id, 'recipe');
  assert.equal(search(core, model, collection, 'reimbursement of payments', 1)[0]?.id, 'refund');
  collection.delete();
});
