// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import type { CollectionHost } from './collection-host.js';
import type { DocumentLedger } from './document-ledger.js';
import { flatten, type PackedDocument } from './documents.js';
import { MayflyError } from './errors.js';
import type { Filler } from './filler.js';
import type { Connection, StartedCall } from './protocol/connection.js';
import type { VectorTier } from './protocol/messages.js';

/** Fresh workers in a row that are started for background work. */
const MOST_REVIVALS = 3;

/**
 * The worker that holds a collection: sends it calls in the order in which they were made, and gives
 * the documents to a fresh worker when it has died.
 */
export class CollectionHome {
  #current: Connection | undefined;
  /** Orders the sending of calls. */
  #turn: Promise<unknown> = Promise.resolve();
  /** What must be over before anything is sent. */
  #heldBack: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(
    private readonly host: CollectionHost,
    private readonly collection: number,
    private readonly ledger: DocumentLedger,
    private readonly filler: Filler,
  ) {
    filler.onBackgroundFailure = (inARow) => this.#revive(inARow);
  }

  /** The worker that has the collection now; undefined while there is none. */
  get living(): Connection | undefined {
    return this.#disposed || this.#current?.dead ? undefined : this.#current;
  }

  /** The worker died with documents that were not kept. */
  get lost(): boolean {
    return this.ledger.all === undefined && this.ledger.size > 0 && this.#current?.dead === true;
  }

  assertUsable(): void {
    if (this.#disposed) {
      throw new MayflyError('disposed', 'this collection was disposed; make another one');
    }
  }

  /** Sends a call when its turn has come; rejects at once on abort, and then does not send. */
  send<Reply>(
    signal: AbortSignal | undefined,
    start: (connection: Connection) => StartedCall<Reply>,
  ): Promise<StartedCall<Reply>> {
    const assertWanted = () => {
      this.assertUsable();
      signal?.throwIfAborted();
    };
    const sent = this.#turn.then(async () => {
      assertWanted();
      const connection = await this.#ready();
      await this.#settled();
      assertWanted();
      return start(connection);
    });
    this.#turn = sent.catch(() => {});
    return abortable(sent, signal);
  }

  /** What is sent from now on waits until this has settled. It must not reject. */
  holdBack(until: Promise<unknown>): void {
    this.#heldBack = Promise.all([this.#heldBack, until]).then(() => {});
  }

  /** A model has come to the worker. */
  modelAdded(connection: Connection, tier: VectorTier): void {
    // A collection that is only on its way to that worker looks for itself when it is there.
    if (this.living === connection) this.#fillLater(connection, [tier]);
  }

  dispose(): void {
    const connection = this.living;
    this.#disposed = true;
    connection?.call('close', { collection: this.collection }).catch(() => {});
  }

  /** More may be held back while it waits. */
  async #settled(): Promise<void> {
    let seen: Promise<void>;
    do {
      seen = this.#heldBack;
      await seen;
    } while (seen !== this.#heldBack);
  }

  /**
   * The worker died while it read documents in the background, and nobody waits for a call that would
   * start a fresh one. What kills each worker is given up.
   */
  #revive(failures: number): void {
    if (this.living || this.ledger.size === 0 || failures > MOST_REVIVALS) return;
    this.#turn = this.#turn.then(() => this.#ready()).catch(() => {});
  }

  /** A live worker that has this collection and its documents. */
  async #ready(): Promise<Connection> {
    if (this.lost) {
      throw new MayflyError(
        'collection-lost',
        'the worker died with the documents of this collection; call clear() and add them again',
      );
    }
    const connection = await this.host.connect();
    if (this.#current === connection) return connection;
    await connection.call('open', { collection: this.collection });
    const kept = this.ledger.all ?? [];
    const tiers = kept.length > 0 ? await this.#restore(connection, kept) : [];
    this.#current = connection;
    this.#fillLater(
      connection,
      this.host.vectorTiers.filter((tier) => !tiers.includes(tier)),
    );
    return connection;
  }

  /** Returns the tiers of which the documents have vectors then. */
  async #restore(
    connection: Connection,
    documents: readonly PackedDocument[],
  ): Promise<readonly VectorTier[]> {
    await connection.call('ingest', {
      collection: this.collection,
      documents: flatten(documents),
      update: false,
    });
    const tiers = [...this.host.vectorTiers];
    const onProgress = ({ completed, total }: { completed: number; total: number }) =>
      this.host.report({ stage: 'restore', loaded: completed, total });
    await this.filler.fill(connection, documents, { onProgress }, tiers);
    return tiers;
  }

  #fillLater(connection: Connection, tiers: readonly VectorTier[]): void {
    if (this.ledger.size === 0 || tiers.length === 0) return;
    this.filler.fillInBackground(connection, this.ledger.all, {}, tiers);
  }
}
