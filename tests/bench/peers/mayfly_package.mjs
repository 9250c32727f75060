// SPDX-License-Identifier: Apache-2.0
// Mayfly as a page uses it: the built package, its worker, its checks. One worker, as the peers have one thread.
export async function open({ library, model }) {
  const { Mayfly } = await import(library);
  const engine = await Mayfly.create({ model, workers: 1 });
  return {
    async embed({ items }) {
      const vectors = [];
      for (const { text } of items) vectors.push((await engine.embed(text)).vector);
      return vectors;
    },
  };
}
