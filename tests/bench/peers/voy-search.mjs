// SPDX-License-Identifier: Apache-2.0
// Voy, a k-d tree. Its package expects a bundler that imports .wasm files; this does what that would do.

export async function open({ folder }) {
  const glue = await import(folder + 'voy_search_bg.js');
  const imports = { './voy_search_bg.js': glue };
  const wasm = fetch(folder + 'voy_search_bg.wasm');
  const { instance } = await WebAssembly.instantiateStreaming(wasm, imports);
  glue.__wbg_set_wasm(instance.exports);
  let index;
  return {
    build(vectors, dim) {
      const embeddings = Array.from({ length: vectors.length / dim }, (_, row) => ({
        id: String(row),
        title: '',
        url: '',
        embeddings: [...vectors.subarray(row * dim, (row + 1) * dim)],
      }));
      index = new glue.Voy({ embeddings });
    },
    search: (query, k) => index.search(query, k).neighbors.map(({ id }) => Number(id)),
  };
}
