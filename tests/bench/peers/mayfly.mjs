// SPDX-License-Identifier: Apache-2.0
// Mayfly's own WebAssembly module without the client around it: the bench's worker is the worker.

// One text as the core takes strings: u32 count, u32 byte lengths, bytes (wasm/bindings/packed_strings.h).
function pack(text) {
  const bytes = new TextEncoder().encode(text);
  const packed = new Uint8Array(8 + bytes.length);
  new Uint32Array(packed.buffer, 0, 2).set([1, bytes.length]);
  packed.set(bytes, 8);
  return packed;
}

function withBuffer(core, bytes, use) {
  const buffer = new core.Buffer(bytes.length);
  try {
    buffer.view().set(bytes);
    return use(buffer);
  } finally {
    buffer.delete();
  }
}

// As the client does it: `auto` takes the fastest once the browser has compiled the candidates well.
async function selectKernels(core, packUrl, kernels) {
  if (kernels !== 'auto') return core.selectKernels(kernels);
  core.addKernelPack(await WebAssembly.compileStreaming(fetch(packUrl)));
  core.fastestKernels(3);
  await new Promise((resolve) => setTimeout(resolve, 50));
  core.selectKernels(core.fastestKernels(3));
}

export async function open({ core: coreUrl, model: modelUrl, kernels }) {
  const { default: createMayflyCore } = await import(coreUrl);
  const wasm = await fetch(coreUrl.replace(/\.js$/, '.wasm'));
  const core = await createMayflyCore({ wasmBinary: await wasm.arrayBuffer() });
  await selectKernels(core, coreUrl.replace(/core\.js$/, 'kernels.wasm'), kernels);
  const file = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const model = withBuffer(core, file, (buffer) => core.Model.load(buffer));

  return async function embed({ text }) {
    const job = withBuffer(core, pack(text), (buffer) => new core.EmbedJob(model, buffer));
    try {
      while (!job.step(1000)) {
        // all in one go: nothing else runs in this worker
      }
      return job.vectors();
    } finally {
      job.delete();
    }
  };
}
