// SPDX-License-Identifier: Apache-2.0
// Who is measured. `module` exports `open(options)`, which gives an `embed(item)` that takes
// {text, ids} and gives a Float32Array of unit length; it runs in a worker of its own. `counts` says
// what its time includes. The first peer is the one that the others are compared with.
export const peers = [
  {
    id: 'mayfly',
    title: 'Mayfly',
    module: '/bench/peers/mayfly.mjs',
    options: {
      core: '/mayfly/mayfly-core.js',
      model: '/models/minilm.safetensors',
      kernels: 'auto',
    },
    counts: 'text in, vector out: tokenizer, encoder, pooling',
  },
  {
    id: 'mayfly-simd128',
    title: 'Mayfly without relaxed SIMD',
    module: '/bench/peers/mayfly.mjs',
    options: {
      core: '/mayfly/mayfly-core.js',
      model: '/models/minilm.safetensors',
      kernels: 'simd128',
    },
    counts: 'the same',
  },
  {
    id: 'onnxruntime-web',
    title: 'onnxruntime-web int8',
    module: '/bench/peers/onnxruntime-web.mjs',
    options: { assets: '/onnxruntime-web/', model: '/onnx/model_quantized.onnx', threads: 1 },
    counts: 'token ids in, vector out: encoder, pooling; its tokenizer is not counted',
  },
];
