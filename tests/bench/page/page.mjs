// SPDX-License-Identifier: Apache-2.0
// Opens the peers and measures them in turn; run_embed.mjs calls window.bench.
const workers = new Map();

function call(worker, name, argument) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) =>
      data.error ? reject(new Error(data.error)) : resolve(data.value);
    worker.onerror = (event) => reject(new Error(event.message ?? 'the worker did not start'));
    worker.postMessage({ name, argument });
  });
}

function cosine(a, b) {
  let dot = 0;
  for (let i = 0; i < a.length; ++i) dot += a[i] * b[i];
  return dot;
}

window.bench = {
  isolated: () => window.crossOriginIsolated,

  // Milliseconds until the peer can embed.
  async open(peer) {
    const worker = new Worker('/bench/page/worker.mjs', { type: 'module' });
    workers.set(peer.id, worker);
    return (await call(worker, 'open', { module: peer.module, options: peer.options })).ms;
  },

  // One measurement of each peer on the same item, in the order given:
  // {ms: {peer: milliseconds}, cosine: {peer: to the first peer's vector}}.
  async measure(item, order, first) {
    const ms = {};
    const vectors = {};
    for (const id of order) {
      const result = await call(workers.get(id), 'embed', item);
      ms[id] = result.ms;
      vectors[id] = result.vector;
    }
    const cosines = Object.fromEntries(
      order.map((id) => [id, cosine(vectors[first], vectors[id])]),
    );
    return { ms, cosine: cosines };
  },
};
