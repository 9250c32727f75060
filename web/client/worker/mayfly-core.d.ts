// SPDX-License-Identifier: Apache-2.0
import type { CoreModule } from '../core/core.js';

type Instantiate = (
  imports: WebAssembly.Imports,
  receive: (instance: WebAssembly.Instance) => void,
) => object;

export default function createMayflyCore(
  options: { instantiateWasm: Instantiate } | { wasmBinary: Uint8Array },
): Promise<CoreModule>;
