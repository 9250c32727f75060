// SPDX-License-Identifier: Apache-2.0
import type { CollectionHome } from './collection-home.js';
import type { Applied, DocumentLedger } from './document-ledger.js';
import { flatten, type PackedDocument } from './documents.js';
import { MayflyError } from './errors.js';
import type { Filler } from './filler.js';
import type { IngestOptions } from './options.js';
import type { Connection } from './protocol/connection.js';
import type { IngestSummary } from './results.js';

/** Puts documents into a collection, all or none, and takes them back after an abort. */
export class Ingestion {
  constructor(
    private readonly collection: number,
    private readonly home: CollectionHome,
    private readonly ledger: DocumentLedger,
    private readonly filler: Filler,
  ) {}

  async ingest(
    documents: readonly PackedDocument[],
    update: boolean,
    { signal, onProgress, until = 'embedded' }: IngestOptions,
  ): Promise<IngestSummary> {
    if (until !== 'embedded' && until !== 'searchable') {
      throw new MayflyError('invalid-argument', "until is 'embedded' or 'searchable'");
    }
    const sending = this.#send(documents, update, signal);
    this.filler.expect(sending);
    const { connection, applied } = await sending;
    if (until === 'searchable') {
      // The caller has its answer: an abort is too late from now on.
      this.ledger.close(applied);
      this.filler.fillInBackground(connection, documents, { onProgress });
      return { documents: documents.length, truncated: 0 };
    }
    try {
      const truncated = await this.filler.fill(connection, documents, { signal, onProgress });
      this.ledger.close(applied);
      return { documents: documents.length, truncated };
    } catch (error) {
      this.home.holdBack(this.#takeBack(applied));
      this.filler.tell();
      throw error;
    }
  }

  /** Resolves when the documents can be found by their words. */
  async #send(
    documents: readonly PackedDocument[],
    update: boolean,
    signal: AbortSignal | undefined,
  ): Promise<{ connection: Connection; applied: Applied }> {
    const request = { collection: this.collection, documents: flatten(documents), update };
    let sent!: { connection: Connection; applied: Applied };
    const call = await this.home.send(signal, (connection) => {
      const started = connection.start('ingest', request, { signal });
      started.reply.then(
        () => (sent = { connection, applied: this.ledger.apply(documents, update) }),
        // Abort and answer may have crossed: then the worker has what the caller was refused.
        () =>
          this.home.holdBack(
            started.verdict.then(
              (outcome) => outcome && this.#takeBack(this.ledger.apply(documents, update)),
            ),
          ),
      );
      return started;
    });
    await call.reply;
    return sent;
  }

  /** Makes ledger and worker agree that it never came. Never rejects. */
  async #takeBack(applied: Applied): Promise<void> {
    const { remove, replace } = this.ledger.takeBack(applied);
    const connection = this.home.living;
    if (!connection) return this.ledger.removed(remove, remove.length);
    // Both are on their way before anything else.
    await Promise.all([this.#remove(connection, remove), this.#replace(connection, replace)]);
  }

  async #remove(connection: Connection, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { removed } = await connection
      .call('remove', { collection: this.collection, ids })
      .catch(() => ({ removed: ids.length }));
    this.ledger.removed(ids, removed);
  }

  async #replace(connection: Connection, documents: readonly PackedDocument[]): Promise<void> {
    let left = documents;
    while (left.length > 0 && !connection.dead) {
      try {
        const request = { collection: this.collection, documents: flatten(left), update: true };
        await connection.call('ingest', request);
        this.filler.fillInBackground(connection, left);
        return;
      } catch {
        // A removal that was on its way has come first, and an update is all or nothing.
        const there = left.filter((document) => this.ledger.has(document));
        if (there.length === left.length) return;
        left = there;
      }
    }
  }
}
