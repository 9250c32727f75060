// SPDX-License-Identifier: Apache-2.0
// onnxruntime-web, wasm backend, on the model that export_onnx.py wrote. Gets the ids ready-made.

// Per text the mean over its own tokens of states [texts, width, dim], divided by its L2 norm.
function pool(states, width, lengths) {
  const dim = states.length / lengths.length / width;
  return lengths.map((length, text) => {
    const mean = new Float32Array(dim);
    const begin = text * width * dim;
    for (let i = 0; i < length * dim; ++i) mean[i % dim] += states[begin + i];
    const norm = Math.hypot(...mean);
    return mean.map((value) => value / norm);
  });
}

// Padded to the longest of the batch, as the model's own code does; the mask leaves padding out.
async function embedBatch(ort, session, items) {
  const lengths = items.map(({ ids }) => ids.length);
  const width = Math.max(...lengths);
  const shape = [items.length, width];
  const int64 = (valueAt) => {
    const values = new BigInt64Array(items.length * width);
    for (let i = 0; i < values.length; ++i) {
      values[i] = BigInt(valueAt(Math.floor(i / width), i % width));
    }
    return new ort.Tensor('int64', values, shape);
  };
  const { last_hidden_state: states } = await session.run({
    input_ids: int64((text, token) => items[text].ids[token] ?? 0),
    attention_mask: int64((text, token) => (token < lengths[text] ? 1 : 0)),
    token_type_ids: int64(() => 0),
  });
  const vectors = pool(states.data, width, lengths);
  states.dispose();
  return vectors;
}

// Batches of texts of like length, so that little is padding; vectors in the order of `items`.
async function embedAll(items, batch, embed) {
  const order = items.map((_, i) => i).sort((a, b) => items[a].ids.length - items[b].ids.length);
  const vectors = new Array(items.length);
  for (let begin = 0; begin < order.length; begin += batch) {
    const places = order.slice(begin, begin + batch);
    const made = await embed(places.map((place) => items[place]));
    places.forEach((place, i) => (vectors[place] = made[i]));
  }
  return vectors;
}

export async function open({ assets, model, threads }) {
  const ort = await import(assets + 'ort.wasm.min.mjs');
  ort.env.wasm.wasmPaths = new URL(assets, location.href).href;
  ort.env.wasm.numThreads = threads;
  const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  return {
    embed: ({ items, batch }) => embedAll(items, batch, (part) => embedBatch(ort, session, part)),
    // As the library left it: it falls back to 1 where the page may not share memory.
    threads: () => ort.env.wasm.numThreads,
  };
}
