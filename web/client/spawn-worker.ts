// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';
import type { MayflyOptions } from './options.js';
import { trustedUrl } from './trusted-url.js';
import { workerFile } from './worker-files.js';

export function spawnWorker({ createWorker, workerUrl }: MayflyOptions): Worker {
  try {
    if (createWorker) return createWorker();
    const url = workerUrl ?? trustedUrl(workerFile());
    return new Worker(url, { type: 'module', name: 'mayfly' });
  } catch (cause) {
    throw new MayflyError(
      'engine-unavailable',
      'no module worker could be made here; Mayfly needs a browser page, or pass createWorker',
      { cause },
    );
  }
}
