// SPDX-License-Identifier: Apache-2.0
import type { LoadProgress } from './options.js';
import type { Connection } from './protocol/connection.js';

/** What a collection needs of its engine. */
export interface CollectionHost {
  /** The living worker with its model loaded; starts one where there is none. */
  connect(): Promise<Connection>;
  /** Of the model that is loaded now. */
  readonly fingerprint: string;
  report(progress: LoadProgress): void;
  /** The collection was disposed. */
  forget(collection: object): void;
}
