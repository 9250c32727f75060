// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import type { LoadProgress } from './options.js';
import type { Connection } from './protocol/connection.js';
import type { LoadedModel, ModelRequest } from './protocol/messages.js';
import { collectModel, openModel } from './worker/model-source.js';

/**
 * Downloads a model here and moves it to a worker that is sealed, and so cannot: it verifies and
 * loads it. Errors as of `Mayfly.create`; when the worker ends, the download does, with its reason.
 */
export async function bringModel(
  connection: Connection,
  request: ModelRequest,
  report: (progress: LoadProgress) => void,
): Promise<LoadedModel> {
  const { ended } = connection;
  const opened = await abortable(openModel(request, ended), ended);
  const bytes = await abortable(collectModel(opened, report), ended);
  const { sha256 } = opened;
  // Bytes that the caller owns are copied; downloaded ones move.
  const transfer = 'bytes' in request.model ? [] : [bytes.buffer as ArrayBuffer];
  return connection.call(
    'addModel',
    { model: { bytes }, sha256, integrity: sha256 !== undefined },
    { transfer },
  );
}
