// SPDX-License-Identifier: Apache-2.0
import { availableParallelism } from 'node:os';
import { workerCount as ofDevice } from '../client/pool/worker-count.js';

/** The page's form; Node 20 has no `navigator` to ask. */
export function workerCount(choice?: number | 'auto'): number {
  return ofDevice(choice, { hardwareConcurrency: availableParallelism() });
}
