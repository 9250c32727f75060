// SPDX-License-Identifier: Apache-2.0
// EdgeVec. Its ef_search is fixed when the index is made; 0 leaves its own default.

export async function open({ module, efSearch }) {
  const { default: init, EdgeVec, EdgeVecConfig } = await import(module);
  await init();
  let index;
  let rowOf; // its ids in the order of insertion
  return {
    build(vectors, dim) {
      const config = new EdgeVecConfig(dim);
      // Of unit vectors the nearest; its `dot` and `cosine` of 0.9.0 put the least similar first.
      config.metric = 'l2';
      if (efSearch > 0) config.ef_search = efSearch;
      index = new EdgeVec(config);
      const ids = index.insertBatchFlat(vectors, vectors.length / dim);
      rowOf = new Map([...ids].map((id, row) => [id, row]));
    },
    search: (query, k) => index.search(query, k).map(({ id }) => rowOf.get(id)),
  };
}
