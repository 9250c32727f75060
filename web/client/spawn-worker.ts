// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';
import type { MayflyOptions } from './options.js';

export function spawnWorker(options: MayflyOptions): Worker {
  try {
    if (options.createWorker) return options.createWorker();
    if (options.workerUrl !== undefined) {
      return new Worker(options.workerUrl, { type: 'module', name: 'mayfly' });
    }
    // Bundlers find the worker by exactly this expression.
    return new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'mayfly' });
  } catch (cause) {
    throw new MayflyError(
      'engine-unavailable',
      'no module worker could be made here; Mayfly needs a browser page, or pass createWorker',
      { cause },
    );
  }
}
