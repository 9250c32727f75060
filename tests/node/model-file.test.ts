// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { writeModelFile } from '../../web/client/worker/model-file.js';
import { embed, loadCore, loadModel, modelFolder } from './real-core.js';

const TEXTS = [
  'How do I cancel a request?',
  '',
  'D\u00e9j\u00e0 vu \u6771\u4eac',
  'the cat '.repeat(300),
];

for (const name of readdirSync(modelFolder()).filter((file) => file.endsWith('.safetensors'))) {
  test(`a file written from the loaded ${name} gives another core the same model`, async () => {
    const first = await loadCore();
    const original = loadModel(first, readFileSync(resolve(modelFolder(), name)));
    const second = await loadCore();
    const copy = loadModel(second, writeModelFile(original));
    assert.deepEqual(copy.info(), original.info());
    assert.deepEqual(embed(second, copy, TEXTS), embed(first, original, TEXTS));
    assert.deepEqual(writeModelFile(copy), writeModelFile(original));
  });
}
