// SPDX-License-Identifier: Apache-2.0
// Where things are, on the disk and on the benchmark's server.
import path from 'node:path';

export const here = path.dirname(new URL(import.meta.url).pathname);
export const root = path.resolve(here, '../..');
export const resultFile = (suite) => path.join(here, 'results', `${suite}.json`);

const packages = path.join(here, 'node_modules');

export const mounts = {
  '/bench/': here,
  '/mayfly/': path.join(root, 'web/dist'),
  '/core/': path.join(root, 'build/wasm'),
  '/models/': path.join(root, 'build/models'),
  '/collections/': path.join(root, 'tests/eval/collections'),
  '/onnx/': path.join(root, 'build/bench/onnx'),
  // transformers.js wants a folder: configuration, tokenizer, and onnx/ with the weights.
  '/hub/minilm/': path.join(root, 'build/bench'),
  '/packages/': packages,
};
