// SPDX-License-Identifier: Apache-2.0
// Mayfly's WebAssembly module with its kernels chosen.

export function withBuffer(core, bytes, use) {
  const buffer = new core.Buffer(bytes.length);
  try {
    buffer.view().set(bytes);
    return use(buffer);
  } finally {
    buffer.delete();
  }
}

// As the client does it: `auto` takes the fastest once the browser has compiled the candidates well. There the
// download of the model gives it the time; another engine that starts beside this one takes some of it.
async function selectKernels(core, packUrl, kernels) {
  if (kernels !== 'auto') return core.selectKernels(kernels);
  core.addKernelPack(await WebAssembly.compileStreaming(fetch(packUrl)));
  core.fastestKernels(3);
  await new Promise((resolve) => setTimeout(resolve, 300));
  core.selectKernels(core.fastestKernels(3));
}

// coreUrl: of mayfly-core.js or mayfly-bench-core.js; the .wasm files lie beside it.
export async function openCore(coreUrl, kernels) {
  const { default: createMayflyCore } = await import(coreUrl);
  const wasm = await fetch(coreUrl.replace(/\.js$/, '.wasm'));
  const core = await createMayflyCore({ wasmBinary: await wasm.arrayBuffer() });
  await selectKernels(core, coreUrl.replace(/[^/]*$/, 'mayfly-kernels.wasm'), kernels);
  return core;
}
