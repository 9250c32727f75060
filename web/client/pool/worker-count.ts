// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from '../errors.js';

/** More than these share the memory bandwidth rather than the work. */
const MOST_WORKERS = 4;
/** What a caller may ask for. */
const MOST_FORCED_WORKERS = 16;
/** GiB of `navigator.deviceMemory`; each worker needs some 45 MB. */
const LITTLE_MEMORY = 2;

/** The part of `navigator` that says what the device can bear; each may be missing. */
export interface Device {
  readonly hardwareConcurrency?: number;
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean };
}

/**
 * Workers that an engine may have, the first included. `auto` leaves a core to the page and takes 1
 * to 4, and 1 where memory is small or the visitor asked to save data.
 */
export function workerCount(
  choice: number | 'auto' = 'auto',
  device: Device = (globalThis.navigator ?? {}) as Device,
): number {
  if (choice !== 'auto') {
    if (Number.isInteger(choice) && choice >= 1 && choice <= MOST_FORCED_WORKERS) return choice;
    throw new MayflyError(
      'invalid-argument',
      `workers is 'auto' or a whole number, 1 to ${MOST_FORCED_WORKERS}`,
    );
  }
  const { hardwareConcurrency = 1, deviceMemory = Infinity, connection } = device;
  if (deviceMemory <= LITTLE_MEMORY || connection?.saveData) return 1;
  return Math.min(Math.max(Math.floor(hardwareConcurrency) - 1, 1), MOST_WORKERS);
}
