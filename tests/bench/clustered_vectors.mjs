// SPDX-License-Identifier: Apache-2.0
// Seeded vectors like those of passages: unit length, in clusters. Runs in workers and in Node.

// mulberry32: 32 bits of state, uniform in 0..1.
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Standard normal, by Box and Muller.
function normalNumbers(random) {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function normalise(vector) {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  for (let i = 0; i < vector.length; ++i) vector[i] /= norm;
}

// {vectors: Float32Array [count, dim], queries: Float32Array [queryCount, dim]}, queries drawn like the
// vectors. About 100 vectors share a centre; two of one cluster have a cosine of about 0.6.
export function clusteredVectors({ count, queryCount, dim, seed }) {
  const random = randomNumbers(seed);
  const normal = normalNumbers(random);
  const clusters = Math.max(1, Math.round(count / 100));
  const centres = Array.from({ length: clusters }, () => {
    const centre = Float32Array.from({ length: dim }, normal);
    normalise(centre);
    return centre;
  });
  const spread = 0.8 / Math.sqrt(dim); // length of the difference to the centre: 0.8
  const draw = (howMany) => {
    const all = new Float32Array(howMany * dim);
    for (let row = 0; row < howMany; ++row) {
      const centre = centres[Math.floor(random() * clusters)];
      const vector = all.subarray(row * dim, (row + 1) * dim);
      for (let i = 0; i < dim; ++i) vector[i] = centre[i] + spread * normal();
      normalise(vector);
    }
    return all;
  };
  return { vectors: draw(count), queries: draw(queryCount) };
}
