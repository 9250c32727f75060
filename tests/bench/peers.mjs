// SPDX-License-Identifier: Apache-2.0
// Who embeds. `module` exports `open(options)`, which gives an object of methods; it runs in a worker of
// its own. `embed({items, batch})` takes items {text, ids} and gives a Float32Array of unit length each.
// `counts` says what the time includes, `threads` how many it is given, `batches` which sizes it may
// choose from for bulk work. The first peer is the one that the others are compared with.
export const ort = '/packages/onnxruntime-web/dist/';
// transformers.js is built for its own version of onnxruntime-web.
export const transformersOrt =
  '/packages/@huggingface/transformers/node_modules/onnxruntime-web/dist/';

export const onnxModel = '/onnx/model_quantized.onnx';

const mayfly = (kernels) => ({
  module: '/bench/peers/mayfly.mjs',
  options: { core: '/core/mayfly-core.js', model: '/models/minilm.safetensors', kernels },
  threads: 1,
  batches: [1],
});

const onnxruntime = (threads) => ({
  module: '/bench/peers/onnxruntime-web.mjs',
  options: { assets: ort, model: onnxModel, threads },
  counts: 'token ids in, vector out: encoder, pooling; its tokenizer is not counted',
  threads,
  batches: [1, 8, 16],
});

export const transformersOptions = {
  module: '/packages/@huggingface/transformers/dist/transformers.min.js',
  assets: transformersOrt,
  models: '/hub/',
  model: 'minilm',
  threads: 1,
};

export const embedPeers = [
  {
    id: 'mayfly',
    title: 'Mayfly',
    counts: 'text in, vector out: tokenizer, encoder, pooling',
    ...mayfly('auto'),
  },
  {
    id: 'mayfly-simd128',
    title: 'Mayfly without relaxed SIMD',
    counts: 'the same',
    ...mayfly('simd128'),
  },
  { id: 'onnxruntime-web', title: 'onnxruntime-web int8', ...onnxruntime(1) },
  {
    id: 'onnxruntime-web-2-threads',
    title: 'onnxruntime-web int8, 2 threads',
    ...onnxruntime(2),
  },
  {
    id: 'transformers',
    title: 'transformers.js int8',
    module: '/bench/peers/transformers.mjs',
    options: transformersOptions,
    counts: 'text in, vector out: its tokenizer, onnxruntime-web, pooling',
    threads: 1,
    batches: [1, 8, 16],
  },
];

export const embedPackages = [
  'onnxruntime-web',
  '@huggingface/transformers',
  '@huggingface/transformers/node_modules/onnxruntime-web',
];
