// SPDX-License-Identifier: Apache-2.0
// MiniSearch as it comes: BM25+, any word may match.

export async function open({ module }) {
  const { default: MiniSearch } = await import(module);
  let index;
  return {
    build(documents) {
      index = new MiniSearch({ fields: ['title', 'text'] });
      index.addAll(documents);
    },
    search: (query, k) =>
      index
        .search(query)
        .slice(0, k)
        .map(({ id }) => id),
  };
}
