// SPDX-License-Identifier: Apache-2.0
// In place of client/worker-files.ts: the worker is a text, and has what it loads within itself.
import text from 'worker-text';

let address: string | undefined;

/** Made at the first use and kept: engines and their further workers share it. */
export const workerFile = (): string =>
  (address ??= URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));

export const coreFile = (): undefined => undefined;

export const kernelPackFile = (): undefined => undefined;
