// SPDX-License-Identifier: Apache-2.0
import type { PackedDocument } from '../documents.js';
import type { Connection, StartOptions } from '../protocol/connection.js';
import type { VectorTier } from '../protocol/messages.js';
import type { Pool } from './pool.js';

/**
 * Gives documents their vectors: in one call to the home worker or, where it is worth it, with the
 * pool embedding and the home worker taking the vectors. Either way it is one call, and an abort ends
 * the work everywhere. `documents`: those of the collection, or undefined for all that wait.
 */
export async function fill(
  connection: Connection,
  pool: Pool | undefined,
  collection: number,
  tier: VectorTier,
  documents: readonly PackedDocument[] | undefined,
  { signal, onProgress }: StartOptions,
): Promise<{ truncated: number }> {
  const ids = documents?.map(({ id }) => id);
  const here = { collection, tier, ids, supplied: false };
  if (!documents || !pool || tier === 1) {
    return connection.call('fill', here, { signal, onProgress });
  }
  // Ends the embedding with the call, and the call with the embedding.
  const stop = new AbortController();
  const { fingerprint } = pool;
  const embedding = pool.embedDocuments(documents, stop.signal, (piece) =>
    // Never before this function has gone on: pieces come in messages.
    connection.supply(started.id, { fingerprint, ...piece }),
  );
  if (!embedding) return connection.call('fill', here, { signal, onProgress });
  const abort = () => stop.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const started = connection.start(
    'fill',
    { ...here, supplied: true },
    { signal: stop.signal, onProgress },
  );
  embedding.catch((error: unknown) => stop.abort(error));
  try {
    return await started.reply;
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
