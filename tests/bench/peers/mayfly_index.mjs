// SPDX-License-Identifier: Apache-2.0
// One of Mayfly's indexes on its own: `kind` says which.
import { openCore, withBuffer } from './mayfly_core.mjs';

const rowsPerBuffer = 1000;

const bytesOf = (floats) => new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);

const create = (core, kind, dim, { m, efConstruction, bits }) =>
  kind === 'hnsw'
    ? new core.HnswIndex(dim, m, efConstruction, bits)
    : new core.VectorIndex(kind, dim);

export async function open({ core: coreUrl, kind, kernels = 'auto', ...options }) {
  const core = await openCore(coreUrl, kernels);
  let index,
    query,
    more = [];
  return {
    build(vectors, dim) {
      index = create(core, kind, dim, options);
      query = new core.Buffer(dim * Float32Array.BYTES_PER_ELEMENT); // of all searches
      for (let begin = 0; begin < vectors.length; begin += rowsPerBuffer * dim) {
        const rows = vectors.subarray(begin, begin + rowsPerBuffer * dim);
        withBuffer(core, bytesOf(rows), (buffer) => index.append(buffer));
      }
    },
    setEf: (ef) => (more = [ef]),
    bytes: () => index.byteCount(),
    search(vector, k) {
      query.view().set(bytesOf(vector));
      return [...index.search(query, k, ...more)];
    },
  };
}
