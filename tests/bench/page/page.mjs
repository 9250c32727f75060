// SPDX-License-Identifier: Apache-2.0
// Opens peers, each in a worker of its own, and calls them; the suites call window.bench.
const workers = new Map();
const vectors = new Map(); // of the last `embed` of each peer

function send(id, name, argument) {
  const worker = workers.get(id);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) =>
      data.error ? reject(new Error(`${id}: ${data.error}`)) : resolve(data.value);
    worker.onerror = (event) => reject(new Error(event.message ?? `${id}: no worker`));
    worker.postMessage({ name, argument });
  });
}

function cosine(a, b) {
  let dot = 0;
  for (let i = 0; i < a.length; ++i) dot += a[i] * b[i];
  return dot;
}

// The lowest cosine of two lists of unit vectors. Lists of different length are not the same work.
function lowestCosine(left, right) {
  if (left.length !== right.length) return Number.NaN;
  return Math.min(...left.map((vector, i) => cosine(vector, right[i])));
}

window.bench = {
  // {ms} until the peer can work.
  async open({ id, module, options }) {
    workers.set(id, new Worker('/bench/page/worker.mjs', { type: 'module' }));
    return send(id, 'open', { module, options });
  },

  close(id) {
    workers.get(id).terminate();
    workers.delete(id);
  },

  // {ms, value} of one method of the peer.
  call: (id, method, argument) => send(id, 'call', { method, argument }),

  // {wasmBytes, startedWorkers, isolated} of the peer's worker.
  state: (id) => send(id, 'state'),

  // Milliseconds to embed the items; the vectors stay here.
  async embed(id, argument) {
    const { ms, value } = await send(id, 'call', { method: 'embed', argument });
    vectors.set(id, value);
    return ms;
  },

  // {peer: lowest cosine of its last vectors to those of the first}.
  cosines: (ids) =>
    Object.fromEntries(ids.map((id) => [id, lowestCosine(vectors.get(id), vectors.get(ids[0]))])),
};
