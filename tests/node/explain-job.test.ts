// SPDX-License-Identifier: Apache-2.0
// Explanations as the WebAssembly core gives them, with the real model.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  withObject,
  type CoreCollection,
  type CoreEmbedJob,
  type CoreJob,
  type CoreModel,
  type CoreModule,
} from '../../web/client/core/core.js';
import { packStrings, unpackStrings } from '../../web/client/core/packed-strings.js';
import { loadCore, loadModel, readModel } from './real-core.js';

const TITLE = 'Shipping';
const TEXT = 'Übersicht. Parcels are delivered within three days.';
const QUERY = 'when does my package arrive, shipping';

let core: CoreModule;
let model: CoreModel;
let collection: CoreCollection;
let query: CoreEmbedJob;

function run<T extends Pick<CoreJob, 'step'>>(job: T): T {
  while (!job.step(20));
  return job;
}

before(async () => {
  core = await loadCore();
  model = loadModel(core, await readModel());
  collection = new core.Collection();
  collection.setModel(2, model);
  const documents = ['a', TEXT, '{"kind":"help"}', TITLE, '', 'b', 'The cat sleeps.', '', '', ''];
  withObject(packStrings(core, documents), (packed) => {
    withObject(new core.IngestJob(collection, packed, false), run);
  });
  withObject(core.FillJob.all(collection, 2), run);
  query = withObject(packStrings(core, [QUERY]), (packed) => new core.EmbedJob(model, packed));
  run(query);
});

function explain(filter: string, id: string) {
  const packed = packStrings(core, [QUERY, filter, id]);
  const job = withObject(packed, () => new core.ExplainJob(collection, packed, 0, null, query));
  return withObject(job, () => run(job).result());
}

test('scores, words and tokens of a document come as arrays', () => {
  const { scores, numbers, strings } = explain('', 'a');
  const [score, weight, lexical, contextual, staticCosine, maxSim, bonus] =
    scores as unknown as number[];
  assert.ok(Math.abs(score! - (contextual! + weight! * lexical! + bonus!)) < 1e-6);
  assert.equal(staticCosine, 0);
  const [tier, allowed, begin, end, words] = numbers;
  assert.deepEqual([tier, allowed, begin, end, words], [2, 1, 0, [...TEXT].length, 1]);
  assert.deepEqual(unpackStrings(strings), ['shipping']);
  assert.ok(Math.abs(scores[7]! - lexical!) < 1e-6, 'one word has all of BM25');
  const [wordBegin, wordEnd, kind] = numbers.slice(5, 8);
  assert.equal(QUERY.slice(wordBegin, wordEnd), 'shipping');
  assert.equal(kind, 0);
  const cosines = scores.slice(8);
  const tokens = numbers.slice(8);
  assert.equal(tokens.length, 5 * cosines.length);
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  assert.ok(Math.abs(maxSim! - mean) < 1e-5);
  const fields = [TITLE, '', TEXT];
  const pairs = Array.from(cosines, (_, i) => {
    const [from, to, field, at, until] = tokens.slice(5 * i, 5 * i + 5) as unknown as number[];
    return [QUERY.slice(from, to), [...fields[field!]!].slice(at, until).join('')];
  });
  assert.deepEqual(pairs.at(-1), ['shipping', 'Shipping']);
  const text = pairs.map(([, token]) => token);
  assert.ok(
    text.every((token) => token!.length > 0 && !token!.includes(' ')),
    text.join('|'),
  );
});

test('what a filter keeps out is said, an unknown id and a missing one are refused', () => {
  assert.equal(explain('{"kind":"help"}', 'a').numbers[1], 1);
  assert.equal(explain('{"kind":"help"}', 'b').numbers[1], 0);
  assert.throws(() => explain('', 'c'), { code: 'not-found' });
  withObject(packStrings(core, [QUERY, '']), (packed) => {
    assert.throws(() => new core.ExplainJob(collection, packed, 0, null, query), {
      code: 'invalid-argument',
    });
  });
});
