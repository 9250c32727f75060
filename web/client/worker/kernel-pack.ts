// SPDX-License-Identifier: Apache-2.0
import type { CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { KernelChoice } from '../options.js';

/** Milliseconds spent on timing the variants. Browsers' clocks tick in tenths of a millisecond. */
const TRIAL_MS = 3;

/** Whether the relaxed kernels may be used: then their module should be on its way early. */
export function wantsKernelPack(choice: KernelChoice): boolean {
  return choice !== 'scalar' && choice !== 'simd128';
}

/**
 * Makes the forced kernels, or all that run here, available. The returned function selects those
 * that models loaded from then on use; call it after the download of the model: this function has
 * made the browser compile the candidates with its better compiler, which then is done. `loading`
 * fails to compile where the browser does not know the opcodes; the pack only makes things faster.
 * Errors: `kernels-unavailable` when the forced ones cannot run.
 */
export async function prepareKernels(
  core: CoreModule,
  choice: KernelChoice,
  loading: Promise<WebAssembly.Module> | undefined,
): Promise<() => void> {
  if (!loading) return () => core.selectKernels(choice);
  try {
    core.addKernelPack(await loading);
  } catch (cause) {
    if (choice === 'auto') return () => core.selectKernels('simd128');
    throw new MayflyError(
      'kernels-unavailable',
      `the ${choice} kernels cannot run (${String(cause)}); use kernels: 'auto'`,
      { cause },
    );
  }
  if (choice !== 'auto') return () => core.selectKernels(choice);
  core.fastestKernels(TRIAL_MS);
  return () => core.selectKernels(core.fastestKernels(TRIAL_MS));
}
