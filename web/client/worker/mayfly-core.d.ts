// SPDX-License-Identifier: Apache-2.0
import type { CoreModule } from '../core/core.js';

export default function createMayflyCore(options: {
  wasmBinary: ArrayBuffer | Uint8Array;
}): Promise<CoreModule>;
