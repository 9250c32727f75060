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
import { Filler } from './filler.js';
import type { CallOptions, CollectionOptions, IngestOptions, SearchOptions } from './options.js';
import type { Connection, StartedCall, Verdict } from './protocol/connection.js';
import type { VectorTier } from './protocol/messages.js';
import { QuerySource } from './query-source.js';
import type { IngestSummary, SearchResults } from './results.js';
import { Search } from './search.js';

/**
 * Documents that can be searched by word and by meaning, in the memory of the worker only.
 *
 * Changes are applied in the order of the calls; searches run in between and see the last change that
 * has finished. `add` and `update` are all or nothing; what is being added can be found by its words
 * at once, and by its meaning document by document. Made by `engine.collection()`.
 */
export class Collection<Metadata = unknown> {
  readonly #host: CollectionHost;
  readonly #number: number;
  /** Documents by id, to survive a crash; undefined with `restore: false`. */
  readonly #kept: Map<string, PackedDocument> | undefined;
  readonly #filler: Filler;
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
    this.#filler = new Filler(host, number, options.onReading);
    this.#kept = options.restore === false ? undefined : new Map();
  }

  /** Documents in the collection, as of the last change that has finished. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds documents, all or none. Errors: `duplicate-id`, `invalid-argument`. Found by their words at
   * once; resolves when the loaded models have read them, unless `until` says otherwise.
   */
  async add(
    documents: readonly MayflyDocument<Metadata>[],
    options: IngestOptions = {},
  ): Promise<IngestSummary> {
    return this.#ingest(documents, false, options);
  }

  /**
   * Replaces documents that are there, all or none. Errors: `not-found`, `invalid-argument`. Taken
   * back after an abort, unless the collection was made with `restore: false`.
   */
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
   * Searches by word and by meaning. Await it for one answer, or iterate over it for answers that
   * improve. In a query, `"a phrase"` must occur and `-word` must not.
   * Errors: `invalid-argument` for options out of range and malformed filters.
   */
  search(query: string, options: SearchOptions = {}): Search<Metadata> {
    return new Search<Metadata>(
      () =>
        new QuerySource<Metadata>(
          this.#host,
          this.#filler,
          options,
          this.#number,
          query,
          (request) =>
            this.#send(options.signal, (connection) =>
              connection.start('search', request, { signal: options.signal }),
            ).then(({ reply }) => reply),
        ),
      options.hold === true,
    );
  }

  /**
   * Documents nearest in meaning to one that is here, which is left out. Errors: `not-found`, also
   * with `restore: false`, where this side does not know the text: search for the text instead.
   */
  async moreLikeThis(id: string, options: SearchOptions = {}): Promise<SearchResults<Metadata>> {
    const document = this.#kept?.get(requireString(id, 'id'));
    if (!document) throw new MayflyError('not-found', `no document "${id}" is known here`);
    const { k = 10 } = options;
    const text = [document.title, document.headings, document.text].filter(Boolean).join('\n');
    const answer = await this.search(text, { mode: 'semantic', ...options, k: k + 1 });
    const others = answer.results.filter((result) => result.id !== id);
    return { ...answer, results: others.slice(0, k) };
  }

  /** Models stop reading documents until `resume`; searches, and what they need read, go on. */
  pause(): void {
    this.#filler.pause();
  }

  resume(): void {
    this.#filler.resume();
  }

  get paused(): boolean {
    return this.#filler.paused;
  }

  /** Resolves when every model has arrived and has read every document. */
  async embedded({ signal }: CallOptions = {}): Promise<void> {
    await abortable(this.#filler.idle(), signal);
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

  /** @internal A model was loaded. */
  modelAdded(connection: Connection, tier: VectorTier): void {
    if (this.#disposed) return;
    this.#filler.tell();
    if (this.#home !== connection || this.#size === 0) return;
    const documents = this.#kept && [...this.#kept.values()];
    this.#filler.fill(connection, documents, {}, [tier]).catch(() => {});
  }

  /** @internal No further model will come. */
  modelsSettled(): void {
    this.#filler.tell();
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
    const documents = [...kept.values()];
    const request = { collection: this.#number, documents: flatten(documents), update: false };
    await connection.call('ingest', request);
    await this.#filler.fill(connection, documents, {
      onProgress: ({ completed, total }) =>
        this.#host.report({ stage: 'restore', loaded: completed, total }),
    });
  }

  async #ingest(
    documents: readonly MayflyDocument<Metadata>[],
    update: boolean,
    { signal, onProgress, until = 'embedded' }: IngestOptions,
  ): Promise<IngestSummary> {
    const packed = packDocuments(documents);
    if (until !== 'embedded' && until !== 'searchable') {
      throw new MayflyError('invalid-argument', "until is 'embedded' or 'searchable'");
    }
    const request = { collection: this.#number, documents: flatten(packed), update };
    let before: PackedDocument[] = [];
    let home: Connection | undefined;
    const call = await this.#send(signal, (connection) => {
      home = connection;
      const started = connection.start('ingest', request, { signal });
      started.reply.then(
        () => (before = this.#commit(packed, update)),
        () => this.#settleLater(started.verdict, packed, update),
      );
      return started;
    });
    await call.reply;
    this.#filler.tell();
    const filling = this.#filler.fill(home as Connection, packed, { signal, onProgress });
    if (until === 'searchable') {
      filling.catch(() => {});
      return { documents: packed.length, truncated: 0 };
    }
    try {
      return { documents: packed.length, truncated: await filling };
    } catch (error) {
      this.#takeBack(packed, before, update);
      throw error;
    }
  }

  /** Returns the documents that were replaced. */
  #commit(packed: readonly PackedDocument[], update: boolean): PackedDocument[] {
    const before = packed.flatMap(({ id }) => this.#kept?.get(id) ?? []);
    for (const document of packed) this.#kept?.set(document.id, document);
    if (!update) this.#size += packed.length;
    return before;
  }

  /** After an abort or a failure while the documents were read: as if they had never come. */
  #takeBack(packed: readonly PackedDocument[], before: PackedDocument[], update: boolean): void {
    if (this.#disposed) return;
    // What was removed or replaced meanwhile is not this call's any more.
    const own = packed.filter(({ id }, i) => !this.#kept || this.#kept.get(id) === packed[i]);
    const ids = new Set(own.map(({ id }) => id));
    if (!update) {
      for (const id of ids) this.#kept?.delete(id);
      this.#size -= ids.size;
    }
    const replaced = before.filter(({ id }) => ids.has(id));
    for (const document of replaced) this.#kept?.set(document.id, document);
    this.#settling = Promise.all([this.#settling, this.#undo([...ids], replaced, update)]);
  }

  /** After a rejection: whatever is called next waits until the worker's state agrees with it. */
  #settleLater(
    verdict: Promise<Verdict<unknown>>,
    packed: readonly PackedDocument[],
    update: boolean,
  ): void {
    const ids = packed.map(({ id }) => id);
    const before = ids.flatMap((id) => this.#kept?.get(id) ?? []);
    const undone = verdict.then((outcome) => outcome && this.#undo(ids, before, update));
    this.#settling = Promise.all([this.#settling, undone]);
  }

  /**
   * The worker has documents of which the caller has been told that nothing changed: make that true.
   * (Without kept documents an update cannot be taken back.)
   */
  async #undo(ids: string[], before: PackedDocument[], update: boolean): Promise<void> {
    const connection = this.#home;
    if (!connection || connection.dead || this.#disposed || ids.length === 0) return;
    const collection = this.#number;
    if (!update) {
      await connection.call('remove', { collection, ids }).catch(() => {});
      return;
    }
    if (before.length === 0) return;
    const documents = flatten(before);
    await connection.call('ingest', { collection, documents, update: true }).catch(() => {});
    this.#filler.fill(connection, before).catch(() => {});
  }
}

export interface Collection extends Disposable, AsyncDisposable {}
installDispose(Collection.prototype);
