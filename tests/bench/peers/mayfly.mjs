// SPDX-License-Identifier: Apache-2.0
// Mayfly's own WebAssembly module without the client around it: the bench's worker is the worker.
import { openCore, withBuffer } from './mayfly_core.mjs';

// Texts as the core takes strings: u32 count, u32 byte lengths, bytes (wasm/bindings/packed_strings.h).
function pack(texts) {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const head = 4 * (1 + encoded.length);
  const packed = new Uint8Array(head + encoded.reduce((sum, bytes) => sum + bytes.length, 0));
  const lengths = encoded.map((bytes) => bytes.length);
  new Uint32Array(packed.buffer, 0, 1 + encoded.length).set([encoded.length, ...lengths]);
  let place = head;
  for (const bytes of encoded) {
    packed.set(bytes, place);
    place += bytes.length;
  }
  return packed;
}

export async function open({ core: coreUrl, model: modelUrl, kernels }) {
  const core = await openCore(coreUrl, kernels);
  const file = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const model = withBuffer(core, file, (buffer) => core.Model.load(buffer));
  const { dim } = model.info();

  return {
    // Each text is encoded on its own: nothing is gained or lost by batches, so `batch` is not used.
    embed({ items }) {
      const texts = pack(items.map(({ text }) => text));
      const job = withBuffer(core, texts, (buffer) => new core.EmbedJob(model, buffer));
      try {
        while (!job.step(1000)) {
          // all in one go: nothing else runs in this worker
        }
        const vectors = job.vectors();
        return items.map((_, i) => vectors.slice(i * dim, (i + 1) * dim));
      } finally {
        job.delete();
      }
    },

    // Multiply-accumulates per second of the bare integer product of one shape.
    kernelRate: ({ m, n, k, budgetMs }) => core.kernelRate(m, n, k, budgetMs),

    activeKernels: () => core.activeKernels(),
  };
}
