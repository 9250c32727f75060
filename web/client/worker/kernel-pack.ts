// SPDX-License-Identifier: Apache-2.0
import type { CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { KernelChoice } from '../options.js';
import type { LoadRequest } from '../protocol/messages.js';
import { fetchBytes } from './download.js';

/** Milliseconds spent on timing the variants. Browsers' clocks tick in tenths of a millisecond. */
const TRIAL_MS = 3;

/** Adds the relaxed kernels where the browser knows their opcodes. They only make things faster. */
async function addPack(core: CoreModule, request: LoadRequest): Promise<void> {
  const url = new URL('./mayfly-kernels.wasm', import.meta.url);
  const bytes = (await fetchBytes(
    request.kernelPack,
    url,
    'kernels-unavailable',
    'kernel pack',
  )) as BufferSource;
  if (!WebAssembly.validate(bytes)) throw new Error('this browser has no relaxed SIMD');
  core.addKernelPack(await WebAssembly.compile(bytes));
}

/**
 * Makes the forced kernels, or all that run here, available. The returned function selects those
 * that models loaded from then on use; call it after the download of the model: this function has
 * made the browser compile the candidates with its better compiler, which then is done.
 * Errors: `kernels-unavailable` when the forced ones cannot run.
 */
export async function prepareKernels(core: CoreModule, request: LoadRequest): Promise<() => void> {
  const choice: KernelChoice = request.kernels;
  if (choice === 'scalar' || choice === 'simd128') return () => core.selectKernels(choice);
  try {
    await addPack(core, request);
  } catch (cause) {
    if (choice === 'auto') return () => core.selectKernels('simd128');
    throw new MayflyError(
      'kernels-unavailable',
      `the ${choice} kernels cannot run (${String(cause)}); use kernels: 'auto'`,
      { cause },
    );
  }
  core.fastestKernels(TRIAL_MS);
  return () => core.selectKernels(choice === 'auto' ? core.fastestKernels(TRIAL_MS) : choice);
}
