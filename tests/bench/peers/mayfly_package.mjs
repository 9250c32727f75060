// SPDX-License-Identifier: Apache-2.0
// Mayfly as a page uses it: the built package, its worker, its checks.
export async function open({ library, model }) {
  const { Mayfly } = await import(library);
  const engine = await Mayfly.create({ model });
  return {
    async embed({ items }) {
      const embeddings = await engine.embed(items.map(({ text }) => text));
      return embeddings.map(({ vector }) => vector);
    },
  };
}
