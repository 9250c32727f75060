// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import type { CollectionHost } from './collection-host.js';
import { installDispose } from './dispose.js';
import {
  flatten,
  packDocuments,
  requireString,
  requireStrings,
  type MayflyDocument,
  type PackedDocument,
} from './documents.js';
import { MayflyError } from './errors.js';
import type {
  CallOptions,
  CollectionOptions,
  IngestOptions,
  IngestProgress,
  SearchOptions,
} from './options.js';
import type { Connection, StartedCall, Verdict } from './protocol/connection.js';
import type { IngestSummary, SearchResults } from './results.js';
import { requireResultCount, toSearchResults } from './search-results.js';

/**
 * Passages that can be searched by meaning, in the memory of the worker only.
 *
 * Changes are applied in the order of the calls; searches run in between and see the last change that
 * has finished. `add` and `update` are all or nothing. Made by `engine.collection()`.
 */
export class Collection<Metadata = unknown> {
  readonly #host: CollectionHost;
  readonly #number: number;
  /** Documents by id, to survive a crash; undefined with `restore: false`. */
  readonly #kept: Map<string, PackedDocument> | undefined;
  #size = 0;
  #disposed = false;
  /** The worker that holds this collection. */
  #home: Connection | undefined;
  /** Orders the sending of calls. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Undoes what the worker did although its caller had been rejected. */
  #settling: Promise<unknown> = Promise.resolve();

  /** @internal */
  constructor(host: CollectionHost, number: number, options: CollectionOptions = {}) {
    this.#host = host;
    this.#number = number;
    this.#kept = options.restore === false ? undefined : new Map();
  }

  /** Documents in the collection, as of the last change that has finished. */
  get size(): number {
    return this.#size;
  }

  /**
   * Embeds documents and adds them, all or none. Errors: `duplicate-id`, `invalid-argument`.
   * Until the last one is embedded none can be found: add in batches to search early.
   */
  async add(
    documents: readonly MayflyDocument<Metadata>[],
    options: IngestOptions = {},
  ): Promise<IngestSummary> {
    return this.#ingest(documents, false, options);
  }

  /** Replaces documents that are there, all or none. Errors: `not-found`, `invalid-argument`. */
  async update(
    documents: readonly MayflyDocument<Metadata>[],
    options: IngestOptions = {},
  ): Promise<IngestSummary> {
    return this.#ingest(documents, true, options);
  }

  /**
   * Removes documents; unknown ids are ignored. Returns how many were there. After an abort it may
   * or may not have happened.
   */
  async remove(ids: string | readonly string[], { signal }: CallOptions = {}): Promise<number> {
    const list = typeof ids === 'string' ? [ids] : [...requireStrings(ids, 'ids')];
    const call = await this.#send(signal, (connection) => {
      const started = connection.start(
        'remove',
        { collection: this.#number, ids: list },
        { signal },
      );
      void started.verdict.then((outcome) => {
        if (!outcome) return;
        for (const id of list) this.#kept?.delete(id);
        this.#size -= outcome.value.removed;
      });
      return started;
    });
    return (await call.reply).removed;
  }

  /** Removes all documents. Also makes a lost collection usable again. */
  async clear({ signal }: CallOptions = {}): Promise<void> {
    this.#assertUsable();
    if (this.#lost) this.#home = undefined;
    this.#size = this.#lost ? 0 : this.#size;
    const call = await this.#send(signal, (connection) => {
      const started = connection.start('clear', { collection: this.#number }, { signal });
      void started.verdict.then((outcome) => {
        if (!outcome) return;
        this.#kept?.clear();
        this.#size = 0;
      });
      return started;
    });
    await call.reply;
  }

  /**
   * The `k` passages nearest in meaning, best first. A query without words (or an empty one) is
   * searched like any other. Errors: `invalid-argument` for a `k` outside 1 to 10,000.
   */
  async search(query: string, options: SearchOptions = {}): Promise<SearchResults<Metadata>> {
    const { k = 10, signal } = options;
    requireString(query, 'query');
    requireResultCount(k);
    const call = await this.#send(signal, (connection) =>
      connection.start('search', { collection: this.#number, query, k }, { signal }),
    );
    return toSearchResults<Metadata>(await call.reply, this.#host.fingerprint);
  }

  /** Frees the documents and their vectors (overwritten with zeros). Pending calls reject. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#kept?.clear();
    this.#size = 0;
    this.#host.forget(this);
    if (this.#home && !this.#home.dead) {
      this.#home.call('close', { collection: this.#number }).catch(() => {});
    }
  }

  get #lost(): boolean {
    return this.#kept === undefined && this.#size > 0 && this.#home?.dead === true;
  }

  #assertUsable(): void {
    if (this.#disposed) {
      throw new MayflyError('disposed', 'this collection was disposed; make another one');
    }
  }

  /** Sends a call when its turn has come; rejects at once on abort, and then does not send. */
  #send<Reply>(
    signal: AbortSignal | undefined,
    start: (connection: Connection) => StartedCall<Reply>,
  ): Promise<StartedCall<Reply>> {
    const sent = this.#turn.then(async () => {
      this.#assertUsable();
      signal?.throwIfAborted();
      const connection = await this.#ready();
      await this.#settling;
      this.#assertUsable();
      signal?.throwIfAborted();
      return start(connection);
    });
    this.#turn = sent.catch(() => {});
    return abortable(sent, signal);
  }

  /** A live worker that has this collection and its documents. */
  async #ready(): Promise<Connection> {
    if (this.#lost) {
      throw new MayflyError(
        'collection-lost',
        'the worker died with the documents of this collection; call clear() and add them again',
      );
    }
    const connection = await this.#host.connect();
    if (this.#home === connection) return connection;
    await connection.call('open', { collection: this.#number });
    if (this.#kept && this.#kept.size > 0) await this.#restore(connection, this.#kept);
    this.#home = connection;
    return connection;
  }

  async #restore(connection: Connection, kept: Map<string, PackedDocument>): Promise<void> {
    const request = { collection: this.#number, documents: flatten(kept.values()), update: false };
    const call = this.#host.startIngest(connection, request, {
      onProgress: (progress) => {
        const { completed, total } = progress as IngestProgress;
        this.#host.report({ stage: 'restore', loaded: completed, total });
      },
    });
    await call.reply;
  }

  async #ingest(
    documents: readonly MayflyDocument<Metadata>[],
    update: boolean,
    { signal, onProgress }: IngestOptions,
  ): Promise<IngestSummary> {
    const packed = packDocuments(documents);
    const request = { collection: this.#number, documents: flatten(packed), update };
    const call = await this.#send(signal, (connection) => {
      const started = this.#host.startIngest(connection, request, {
        signal,
        onProgress: (progress) => onProgress?.(progress as IngestProgress),
      });
      started.reply.then(
        () => this.#commit(packed, update),
        () => this.#settleLater(started.verdict, packed, update),
      );
      return started;
    });
    const { truncated } = await call.reply;
    return { documents: packed.length, truncated };
  }

  #commit(packed: readonly PackedDocument[], update: boolean): void {
    for (const document of packed) this.#kept?.set(document.id, document);
    if (!update) this.#size += packed.length;
  }

  /** After a rejection: whatever is called next waits until the worker's state agrees with it. */
  #settleLater(
    verdict: Promise<Verdict<unknown>>,
    packed: readonly PackedDocument[],
    update: boolean,
  ): void {
    const undone = verdict.then((outcome) => outcome && this.#undo(packed, update));
    this.#settling = Promise.all([this.#settling, undone]);
  }

  /**
   * The worker had finished when the abort reached it, and the caller has been told that nothing
   * changed: make that true. (Without kept documents an update cannot be taken back.)
   */
  async #undo(packed: readonly PackedDocument[], update: boolean): Promise<void> {
    const connection = this.#home;
    if (!connection || connection.dead || this.#disposed) return;
    const collection = this.#number;
    const ids = packed.map(({ id }) => id);
    if (!update) {
      await connection.call('remove', { collection, ids }).catch(() => {});
      return;
    }
    const before = flatten(ids.flatMap((id) => this.#kept?.get(id) ?? []));
    await connection
      .call('ingest', { collection, documents: before, update: true })
      .catch(() => {});
  }
}

export interface Collection extends Disposable, AsyncDisposable {}
installDispose(Collection.prototype);
