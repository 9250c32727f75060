// SPDX-License-Identifier: Apache-2.0
import type { LoadProgress } from './options.js';
import type { Connection, StartedCall, StartOptions } from './protocol/connection.js';
import type { Calls } from './protocol/messages.js';

/** What a collection needs of its engine. */
export interface CollectionHost {
  /** The living worker with its model loaded; starts one where there is none. */
  connect(): Promise<Connection>;
  /** As `connection.start('ingest', ...)`, with the work spread over the engine's workers. */
  startIngest(
    connection: Connection,
    request: Calls['ingest']['request'],
    options: StartOptions,
  ): StartedCall<Calls['ingest']['reply']>;
  /** Of the model that is loaded now. */
  readonly fingerprint: string;
  report(progress: LoadProgress): void;
  /** The collection was disposed. */
  forget(collection: object): void;
}
