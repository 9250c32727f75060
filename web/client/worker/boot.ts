// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreModel, type CoreModule } from '../core/core.js';
import type { LoadProgress } from '../options.js';
import { prepareKernels, wantsKernelPack } from './kernel-pack.js';
import { openModel, receiveModel, verifyModel, type OpenedModel } from './model-source.js';
import { seal } from './seal.js';
import type { Boot } from './server.js';
import { startCore } from './start-core.js';
import { loadModule } from './wasm-module.js';

/** Errors are met where the promise is awaited; until then it may fail unobserved. */
function begin<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Streams one model into the core's memory, verifies and loads it. */
async function loadModel(
  core: CoreModule,
  opened: OpenedModel,
  ready: Promise<() => void>,
  report: (progress: LoadProgress) => void,
): Promise<CoreModel> {
  const file = await receiveModel(core, opened, report);
  const size = file.view().length;
  report({ stage: 'prepare', loaded: size, total: size });
  const verifying = begin(verifyModel(file, opened));
  const selectKernels = await ready;
  await verifying;
  selectKernels();
  return withObject(file, (buffer) => core.Model.load(buffer));
}

/**
 * Loads core, kernels and models, all on their way from the first moment, and seals the worker. Models
 * stream into the core's memory while kernels compile. Kernels are timed after the checksum was
 * computed, which takes another thread: where there is one core, they would share it.
 */
export const boot: Boot = async (request, report) => {
  const { kernels, wasm, kernelPack } = request;
  const coreUrl = new URL('./mayfly-core.wasm', import.meta.url);
  const packUrl = new URL('./mayfly-kernels.wasm', import.meta.url);
  const coreModule = begin(loadModule(wasm, coreUrl, 'engine-unavailable', 'WebAssembly file'));
  const opening = request.models.map((model) => begin(openModel(model)));
  const packModule = wantsKernelPack(kernels)
    ? begin(loadModule(kernelPack, packUrl, 'kernels-unavailable', 'kernel pack'))
    : undefined;

  const core = await startCore(coreModule);
  const preparing = begin(prepareKernels(core, kernels, packModule));
  const models: CoreModel[] = [];
  for (const opened of opening) {
    models.push(await loadModel(core, await opened, preparing, report));
  }
  if (models.length === 0) (await preparing)();
  seal(globalThis);
  report({ stage: 'ready', loaded: 1, total: 1 });
  const modules = {
    core: await coreModule,
    kernelPack: await packModule?.catch(() => undefined),
  };
  return { core, models, kernels: core.activeKernels(), modules };
};
