// SPDX-License-Identifier: Apache-2.0
// Mayfly's lexical index on its own, title and text as fields of the same weight.
import { openCore, withBuffer } from './mayfly_core.mjs';

const documentsPerBuffer = 500;

// As wasm/bindings/packed_strings.h says.
function packStrings(strings) {
  const encoder = new TextEncoder();
  const texts = strings.map((text) => encoder.encode(text));
  const header = Uint32Array.of(texts.length, ...texts.map(({ length }) => length));
  const packed = new Uint8Array(texts.reduce((sum, { length }) => sum + length, header.byteLength));
  packed.set(new Uint8Array(header.buffer));
  let offset = header.byteLength;
  for (const text of texts) {
    packed.set(text, offset);
    offset += text.length;
  }
  return packed;
}

export async function open({ core: coreUrl }) {
  const core = await openCore(coreUrl, 'simd128');
  let index, ids;
  return {
    build(documents) {
      index?.delete();
      index = new core.LexicalIndex();
      ids = documents.map(({ id }) => id);
      for (let begin = 0; begin < documents.length; begin += documentsPerBuffer) {
        const some = documents.slice(begin, begin + documentsPerBuffer);
        const packed = packStrings(some.flatMap(({ title, text }) => [title ?? '', text]));
        withBuffer(core, packed, (buffer) => index.append(buffer));
      }
    },
    search: (query, k) =>
      withBuffer(core, new TextEncoder().encode(query), (buffer) =>
        [...index.search(buffer, k)].map((row) => ids[row]),
      ),
  };
}
