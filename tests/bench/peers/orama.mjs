// SPDX-License-Identifier: Apache-2.0
// Orama as it comes: BM25 over the text fields, words may match by prefix.

export async function open({ module }) {
  const { create, insertMultiple, search } = await import(module);
  let database;
  return {
    async build(documents) {
      database = create({ schema: { id: 'string', title: 'string', text: 'string' } });
      await insertMultiple(database, documents);
    },
    async search(query, k) {
      const { hits } = await search(database, {
        term: query,
        properties: ['title', 'text'],
        limit: k,
      });
      return hits.map(({ id }) => id);
    },
  };
}
