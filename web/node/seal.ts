// SPDX-License-Identifier: Apache-2.0
import { seal as sealPage, remove } from '../client/worker/seal.js';

/**
 * `process` leads to every module of Node's, `Deno` to files and sockets. So does `Bun`, which Bun holds
 * fast: there nothing but the package's own abstinence keeps the promise.
 */
export const SEALED_IN_NODE = ['process', 'Deno', 'require'] as const;

/**
 * The page's form, and what else leads out of a worker thread. Module syntax stays, as in a page; the
 * worker's file holds no import() and imports nothing that sends.
 */
export function seal(scope: object): void {
  sealPage(scope);
  for (const name of SEALED_IN_NODE) remove(scope, name);
}
