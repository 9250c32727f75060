// SPDX-License-Identifier: Apache-2.0
// onnxruntime-web, wasm backend, on the model that export_onnx.py wrote. Gets the ids ready-made.

// The mean over all tokens of [tokens, dim], divided by its L2 norm.
function pool(states, tokenCount) {
  const dim = states.length / tokenCount;
  const mean = new Float32Array(dim);
  for (let i = 0; i < states.length; ++i) mean[i % dim] += states[i];
  const norm = Math.hypot(...mean);
  return mean.map((value) => value / norm);
}

export async function open({ assets, model, threads }) {
  const ort = await import(assets + 'ort.wasm.min.mjs');
  ort.env.wasm.wasmPaths = assets;
  ort.env.wasm.numThreads = threads;
  const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });

  return async function embed({ ids }) {
    const shape = [1, ids.length];
    const int64 = (values) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), shape);
    const { last_hidden_state: states } = await session.run({
      input_ids: int64(ids),
      attention_mask: int64(ids.map(() => 1)),
      token_type_ids: int64(ids.map(() => 0)),
    });
    const vector = pool(states.data, ids.length);
    states.dispose();
    return vector;
  };
}
