// SPDX-License-Identifier: Apache-2.0
import createMayflyCore from './mayfly-core.js';
import type { CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';

/** An instance of the core. Errors: `engine-unavailable`. */
export async function startCore(loading: Promise<WebAssembly.Module>): Promise<CoreModule> {
  try {
    const module = await loading;
    return await new Promise<CoreModule>((resolve, reject) => {
      const instantiateWasm = (
        imports: WebAssembly.Imports,
        receive: (instance: WebAssembly.Instance) => void,
      ) => {
        // The glue would wait for ever for an instance that fails.
        WebAssembly.instantiate(module, imports).then(receive).catch(reject);
        return {};
      };
      createMayflyCore({ instantiateWasm }).then(resolve, reject);
    });
  } catch (cause) {
    if (cause instanceof MayflyError) throw cause;
    throw new MayflyError(
      'engine-unavailable',
      `the WebAssembly file could not be started (${String(cause)}); it needs a browser with ` +
        "WebAssembly SIMD and exceptions, and a policy with 'wasm-unsafe-eval'",
      { cause },
    );
  }
}
