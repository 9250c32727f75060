// SPDX-License-Identifier: Apache-2.0
// The worker and what it loads. Bundlers find files by exactly these expressions and give them new names,
// so the page's side names them all and hands the addresses on; worker.js is one file that needs no other.

export const workerFile = (): string => new URL('./worker.js', import.meta.url).href;

/** Undefined where the worker has it within itself. */
export const coreFile = (): string | undefined =>
  new URL('./mayfly-core.wasm', import.meta.url).href;

/** The same. */
export const kernelPackFile = (): string | undefined =>
  new URL('./mayfly-kernels.wasm', import.meta.url).href;
