// SPDX-License-Identifier: Apache-2.0
// Who starts up: `library` is the code that a page imports, `module` and `options` as in peers.mjs. All run
// with one thread, because static hosts cannot send the headers that threads need.
import { onnxModel, ort, transformersOptions } from './peers.mjs';

export const startupPeers = [
  {
    id: 'mayfly',
    title: 'Mayfly',
    counts: 'Mayfly.create() with its SHA-256 check, then embed(): tokenizer, encoder, pooling',
    module: '/bench/peers/mayfly_package.mjs',
    library: '/mayfly/index.js',
    options: { library: '/mayfly/index.js', model: '/models/minilm.json' },
  },
  {
    id: 'onnxruntime-web',
    title: 'onnxruntime-web int8',
    counts:
      'session and first run on token ids given ready-made: no tokenizer is loaded or counted',
    module: '/bench/peers/onnxruntime-web.mjs',
    library: ort + 'ort.wasm.min.mjs',
    options: { assets: ort, model: onnxModel, threads: 1 },
  },
  {
    id: 'transformers',
    title: 'transformers.js int8',
    counts: 'pipeline() with local files only, then its first call: tokenizer, encoder, pooling',
    module: '/bench/peers/transformers.mjs',
    library: transformersOptions.module,
    options: transformersOptions,
  },
];
