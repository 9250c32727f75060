// SPDX-License-Identifier: Apache-2.0
// transformers.js: its feature-extraction pipeline on the same int8 file, all from this server.

export async function openPipeline({ module, assets, models, model, threads }) {
  const { env, pipeline } = await import(module);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = models;
  // It would keep its files in the Cache API; the HTTP cache holds them for every peer alike.
  env.useBrowserCache = false;
  if ('useWasmCache' in env) env.useWasmCache = false;
  env.backends.onnx.wasm.wasmPaths = new URL(assets, location.href).href;
  env.backends.onnx.wasm.numThreads = threads;
  const extract = await pipeline('feature-extraction', model, { dtype: 'q8', device: 'wasm' });
  return { extract, threads: () => env.backends.onnx.wasm.numThreads };
}

export async function open(options) {
  const { extract, threads } = await openPipeline(options);
  return {
    async embed({ items, batch }) {
      const vectors = [];
      for (let begin = 0; begin < items.length; begin += batch) {
        const texts = items.slice(begin, begin + batch).map(({ text }) => text);
        const { data, dims } = await extract(texts, { pooling: 'mean', normalize: true });
        for (let i = 0; i < dims[0]; ++i) vectors.push(data.slice(i * dims[1], (i + 1) * dims[1]));
      }
      return vectors;
    },
    threads,
  };
}
