// SPDX-License-Identifier: Apache-2.0
// The worker script: loads the core and the model, seals itself, then answers calls.
import createMayflyCore from './mayfly-core.js';
import { withObject, type CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { LoadRequest, ToWorker } from '../protocol/messages.js';
import { fetchBytes } from './download.js';
import { prepareKernels } from './kernel-pack.js';
import { fetchModel } from './model-source.js';
import { seal } from './seal.js';
import { Server, type Boot, type Port } from './server.js';

async function loadCore({ wasm }: LoadRequest): Promise<CoreModule> {
  const url = new URL('./mayfly-core.wasm', import.meta.url);
  const wasmBinary = await fetchBytes(wasm, url, 'engine-unavailable', 'WebAssembly file');
  try {
    return await createMayflyCore({ wasmBinary });
  } catch (cause) {
    throw new MayflyError(
      'engine-unavailable',
      `the WebAssembly file could not be started (${String(cause)}); it needs a browser with ` +
        "WebAssembly SIMD and exceptions, and a policy with 'wasm-unsafe-eval'",
      { cause },
    );
  }
}

const boot: Boot = async (request, report) => {
  const core = await loadCore(request);
  const selectKernels = await prepareKernels(core, request);
  const file = await fetchModel(core, request, report);
  selectKernels();
  const model = withObject(file, (buffer) => core.Model.load(buffer));
  seal(globalThis);
  report({ stage: 'ready', loaded: 1, total: 1 });
  return { core, model, kernels: core.activeKernels() };
};

const server = new Server(globalThis as unknown as Port, boot);
globalThis.addEventListener('message', (event: MessageEvent<ToWorker>) =>
  server.receive(event.data),
);
