// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreModel, type CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { ModelRequest } from '../protocol/messages.js';
import { openModel, receiveModel, verifyModel } from './model-source.js';

/** Loads a model whose bytes the page has brought: the worker, sealed by now, cannot. */
export async function addModel(core: CoreModule, request: ModelRequest): Promise<CoreModel> {
  if (!('bytes' in request.model)) {
    throw new MayflyError('internal', 'a sealed worker was asked to download a model');
  }
  const opened = await openModel(request);
  const file = await receiveModel(core, opened, () => {});
  await verifyModel(file, opened);
  return withObject(file, (buffer) => core.Model.load(buffer));
}
