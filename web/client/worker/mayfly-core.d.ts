// SPDX-License-Identifier: Apache-2.0
import type { CoreModule } from '../core/core.js';

export default function createMayflyCore(options: {
  instantiateWasm: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ) => object;
}): Promise<CoreModule>;
