// SPDX-License-Identifier: Apache-2.0
// Mayfly's lexical index on its own, title and text as fields of the same weight.
import { openCore, withBuffer } from './mayfly_core.mjs';

const encoder = new TextEncoder();

export async function open({ core: coreUrl }) {
  const core = await openCore(coreUrl, 'simd128');
  const withText = (text, use) => withBuffer(core, encoder.encode(text), use);
  let index, ids;
  return {
    build(documents) {
      index?.delete();
      index = new core.LexicalIndex();
      ids = documents.map(({ id }) => id);
      for (const { title = '', text } of documents) {
        withText(title, (first) => withText(text, (second) => index.append(first, second)));
      }
    },
    search: (query, k) =>
      withText(query, (buffer) => [...index.search(buffer, k)].map((row) => ids[row])),
  };
}
