// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from '../errors.js';
import type { KernelChoice } from '../options.js';
import type { Connection } from '../protocol/connection.js';
import type { ModelInfo } from '../results.js';

/**
 * Loads a fresh worker with what the home worker has: a copy of the model's bytes, which were
 * verified there and now move from memory to memory, and the compiled modules. Nothing is
 * downloaded or compiled again, and the page keeps nothing. Rejects when the worker cannot work
 * like the home worker.
 */
export async function startMember(
  connection: Connection,
  home: Connection,
  info: ModelInfo,
): Promise<void> {
  const { model, core, kernelPack } = await home.call('share', null);
  const [loaded] = await connection.call(
    'load',
    {
      models: [{ model: { bytes: model }, sha256: undefined, integrity: false }],
      wasm: { module: core },
      kernelPack: kernelPack && { module: kernelPack },
      // Timed once, by the home worker.
      kernels: info.kernels as KernelChoice,
    },
    { transfer: [model.buffer] },
  );
  if (loaded?.fingerprint === info.fingerprint) return;
  throw new MayflyError('space-mismatch', 'a further worker loaded another model than the first');
}
