// SPDX-License-Identifier: Apache-2.0
// Mayfly's exact int8 index on its own.
import { openCore, withBuffer } from './mayfly_core.mjs';

const rowsPerBuffer = 1000;

const bytesOf = (floats) => new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);

export async function open({ core: coreUrl }) {
  const core = await openCore(coreUrl, 'auto');
  let index;
  return {
    build(vectors, dim) {
      index = new core.FlatIndex(dim);
      for (let begin = 0; begin < vectors.length; begin += rowsPerBuffer * dim) {
        const rows = vectors.subarray(begin, begin + rowsPerBuffer * dim);
        withBuffer(core, bytesOf(rows), (buffer) => index.append(buffer));
      }
    },
    search: (query, k) =>
      withBuffer(core, bytesOf(query), (buffer) => [...index.search(buffer, k)]),
  };
}
