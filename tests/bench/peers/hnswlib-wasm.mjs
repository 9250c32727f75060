// SPDX-License-Identifier: Apache-2.0
// hnswlib-wasm with the parameters that its documentation starts from.

export async function open({ module, m, efConstruction }) {
  const { loadHnswlib } = await import(module);
  const library = await loadHnswlib();
  let index;
  return {
    build(vectors, dim) {
      const count = vectors.length / dim;
      index = new library.HierarchicalNSW('ip', dim, ''); // '': never saved
      index.initIndex(count, m, efConstruction, 100);
      for (let row = 0; row < count; ++row) {
        index.addPoint(vectors.subarray(row * dim, (row + 1) * dim), row, false);
      }
    },
    setEf: (ef) => index.setEfSearch(ef),
    search: (query, k) => index.searchKnn(query, k, undefined).neighbors,
  };
}
