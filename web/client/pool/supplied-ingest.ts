// SPDX-License-Identifier: Apache-2.0
import type { Connection, StartedCall, StartOptions } from '../protocol/connection.js';
import type { Calls } from '../protocol/messages.js';
import type { Pool } from './pool.js';

/**
 * Starts an `ingest`: in one call to the home worker or, where it is worth it, with the pool
 * embedding and the home worker taking the vectors. Either way it is one call: the home worker
 * checks the ids before the vectors come and changes the collection once, and an abort ends the
 * work everywhere.
 */
export function startIngest(
  connection: Connection,
  pool: Pool,
  request: Calls['ingest']['request'],
  { signal, onProgress }: StartOptions,
): StartedCall<Calls['ingest']['reply']> {
  // Ends the embedding with the call, and the call with the embedding.
  const stop = new AbortController();
  const texts = request.documents.filter((_, index) => index % 3 === 1);
  const embedding = pool.embed(texts, stop.signal, (piece) => connection.supply(started.id, piece));
  if (!embedding) return connection.start('ingest', request, { signal, onProgress });

  const abort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const started = connection.start(
    'ingest',
    { ...request, supplied: true },
    { signal: stop.signal, onProgress },
  );
  embedding.catch((error: unknown) => stop.abort(error));
  started.reply
    .catch((error: unknown) => stop.abort(error))
    .finally(() => signal?.removeEventListener('abort', abort));
  return started;
}
