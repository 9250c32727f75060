// SPDX-License-Identifier: Apache-2.0
import type { PackedDocument } from './documents.js';
import type { LoadProgress } from './options.js';
import type { Connection, StartOptions } from './protocol/connection.js';
import type { VectorTier } from './protocol/messages.js';

/** What a collection needs of its engine. */
export interface CollectionHost {
  /** The living worker, with the models that are loaded so far; starts one where there is none. */
  connect(): Promise<Connection>;
  /** `fill` with the work spread over the engine's workers: see pool/start-fill.ts. */
  fill(
    connection: Connection,
    collection: number,
    tier: VectorTier,
    documents: readonly PackedDocument[] | undefined,
    options: StartOptions,
  ): Promise<{ truncated: number }>;
  /** Tiers whose model is loaded, worst first. */
  readonly vectorTiers: readonly VectorTier[];
  /** Further models are on their way. */
  readonly loading: boolean;
  report(progress: LoadProgress): void;
  /** The collection was disposed. */
  forget(collection: object): void;
}
