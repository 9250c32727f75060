// SPDX-License-Identifier: Apache-2.0
// How much WebAssembly memory the core takes. It never shrinks, so its size is its peak.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { withObject, type CoreModule } from '../../web/client/core/core.js';
import {
  embed,
  ingest,
  loadCore,
  loadModel,
  modelFolder,
  openCollection,
  readModel,
  search,
  startIngest,
} from './real-core.js';

const MB = 1e6;
/** What may come on top of the model file: packed weights, activations, code's own data. */
const ALLOWANCE = 24 * MB;

const memoryOf = (core: CoreModule) =>
  withObject(new core.Buffer(1), (probe) => probe.view().buffer.byteLength);

const files = readdirSync(modelFolder()).filter((name) => name.endsWith('.safetensors'));

test('there is a model to measure', () => assert.ok(files.length > 0, modelFolder()));

for (const name of files) {
  test(`${name} and a passage of 256 tokens take at most 24 MB more than the file`, async (t) => {
    const file = readFileSync(resolve(modelFolder(), name));
    const core = await loadCore();
    const model = loadModel(core, file);
    const { tokens } = embed(core, model, ['a passage of many words '.repeat(100)]);
    assert.equal(tokens[0], 256);
    const memory = memoryOf(core);
    t.diagnostic(`file ${file.length / MB} MB, memory ${memory / MB} MB`);
    assert.ok(memory <= file.length + ALLOWANCE, `${memory / MB} MB`);
  });
}

test('1,000 cycles of making and deleting leave the memory as it was after the tenth', async () => {
  const core = await loadCore();
  const file = await readModel();
  let model = loadModel(core, file);
  let flat = 0;
  for (let cycle = 1; cycle <= 1000; cycle++) {
    // A model takes longer than all the rest: a new one in each of the first cycles, then now and then.
    if (cycle <= 10 || cycle % 100 === 0) {
      model.delete();
      model = loadModel(core, file);
    }
    const collection = openCollection(core, model);
    const documents = [
      ...[`id ${cycle}`, 'a short text', '{}', 'A title', 'One\nTwo'],
      ...['second', `text ${cycle}`, '', '', ''],
    ];
    if (cycle % 20 < 10) ingest(core, collection, documents);
    else {
      // Given up halfway.
      const job = startIngest(core, collection, documents);
      job.step(0);
      job.delete();
    }
    search(core, model, collection, 'short', 1, { mode: cycle % 2 === 0 ? 0 : 1 });
    collection.delete();
    if (cycle === 10) flat = memoryOf(core);
  }
  assert.equal(memoryOf(core), flat);
});
