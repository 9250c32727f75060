// SPDX-License-Identifier: Apache-2.0
import { CollectionHome } from './collection-home.js';
import type { CollectionHost } from './collection-host.js';
import { installDispose } from './dispose.js';
import { DocumentLedger } from './document-ledger.js';
import { packDocuments, requireString, requireStrings, type MayflyDocument } from './documents.js';
import { MayflyError } from './errors.js';
import { toExplanation, type Explanation } from './explanation.js';
import { Filler } from './filler.js';
import { filterToJson } from './filter.js';
import { Ingestion } from './ingestion.js';
import type {
  CallOptions,
  CollectionOptions,
  FacetCount,
  FacetOptions,
  IngestOptions,
  SearchOptions,
} from './options.js';
import type { Connection } from './protocol/connection.js';
import type { QueryRequest, SearchReply, VectorTier } from './protocol/messages.js';
import { QuerySource, toQueryRequest } from './query-source.js';
import type { IngestSummary, SearchResults } from './results.js';
import { requireWhole } from './search-results.js';
import { Search } from './search.js';

/** Places of an answer that an explanation can name. */
const RANKED = 100;

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
  readonly #ledger: DocumentLedger;
  readonly #filler: Filler;
  readonly #home: CollectionHome;
  readonly #ingestion: Ingestion;
  #disposed = false;

  /** @internal */
  constructor(host: CollectionHost, number: number, options: CollectionOptions = {}) {
    this.#host = host;
    this.#number = number;
    this.#ledger = new DocumentLedger(options.restore !== false);
    this.#filler = new Filler(host, number, options.onReading);
    this.#home = new CollectionHome(host, number, this.#ledger, this.#filler);
    this.#ingestion = new Ingestion(number, this.#home, this.#ledger, this.#filler);
  }

  /** Documents in the collection, as of the last change that has finished. */
  get size(): number {
    return this.#ledger.size;
  }

  /**
   * Adds documents, all or none. Errors: `duplicate-id`, `invalid-argument`. Found by their words at
   * once; resolves when the loaded models have read them, unless `until` says otherwise.
   */
  async add(
    documents: readonly MayflyDocument<Metadata>[],
    options: IngestOptions = {},
  ): Promise<IngestSummary> {
    return this.#ingestion.ingest(packDocuments(documents), false, options);
  }

  /**
   * Replaces documents that are there, all or none. Errors: `not-found`, `invalid-argument`. Taken
   * back after an abort, unless the collection was made with `restore: false`.
   */
  async update(
    documents: readonly MayflyDocument<Metadata>[],
    options: IngestOptions = {},
  ): Promise<IngestSummary> {
    return this.#ingestion.ingest(packDocuments(documents), true, options);
  }

  /**
   * Removes documents; unknown ids are ignored. Returns how many were there. After an abort it may
   * or may not have happened.
   * @param options - With a `signal`.
   */
  async remove(ids: string | readonly string[], { signal }: CallOptions = {}): Promise<number> {
    const list = typeof ids === 'string' ? [ids] : [...requireStrings(ids, 'ids')];
    const request = { collection: this.#number, ids: list };
    const call = await this.#home.send(signal, (connection) => {
      const started = connection.start('remove', request, { signal });
      void started.verdict.then((outcome) => {
        if (outcome) this.#ledger.removed(list, outcome.value.removed);
      });
      return started;
    });
    return (await call.reply).removed;
  }

  /**
   * Removes all documents. Also makes a lost collection usable again.
   * @param options - With a `signal`.
   */
  async clear({ signal }: CallOptions = {}): Promise<void> {
    this.#home.assertUsable();
    if (this.#home.lost) this.#ledger.cleared();
    const call = await this.#home.send(signal, (connection) => {
      const started = connection.start('clear', { collection: this.#number }, { signal });
      void started.verdict.then((outcome) => {
        if (outcome) this.#ledger.cleared();
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
    return this.#search(query, options);
  }

  /**
   * Why a document is where it is in the answer to a query: each word's part of BM25, both cosines, and
   * which token of the query met which of the passage. Errors: `not-found`, also with `restore: false`,
   * where this side does not know the text.
   */
  async explain(query: string, id: string, options: SearchOptions = {}): Promise<Explanation> {
    this.#home.assertUsable();
    const document = this.#ledger.get(requireString(id, 'id'));
    if (!document) throw new MayflyError('not-found', `no document "${id}" is known here`);
    const { signal, ...rest } = options;
    const { results } = await this.#search(query, { ...rest, signal, k: RANKED });
    const place = results.findIndex((result) => result.id === id);
    const call = await this.#home.send(signal, (connection) =>
      connection.start(
        'explain',
        { ...toQueryRequest(this.#number, query, options), tier: 2, id },
        { signal },
      ),
    );
    return toExplanation(await call.reply, query, document, place < 0 ? undefined : place + 1);
  }

  /**
   * Documents nearest in meaning to one that is here, which is left out. Errors: `not-found`, also
   * with `restore: false`, where this side does not know the text: search for the text instead.
   */
  async moreLikeThis(id: string, options: SearchOptions = {}): Promise<SearchResults<Metadata>> {
    this.#home.assertUsable();
    const document = this.#ledger.get(requireString(id, 'id'));
    if (!document) throw new MayflyError('not-found', `no document "${id}" is known here`);
    const text = [document.title, document.headings, document.text].filter(Boolean).join('\n');
    return this.#search(text, { mode: 'semantic', ...options }, id);
  }

  /**
   * The values that a key of the metadata has, most frequent first, with the number of documents that
   * have each: for filters. Counts of an answer's own results are quickly made from their metadata.
   * Errors: `invalid-argument` for a malformed filter.
   */
  async facets(key: string, options: FacetOptions = {}): Promise<FacetCount[]> {
    this.#home.assertUsable();
    const { filter, limit = 100, signal } = options;
    requireWhole(limit, 'limit', 1, 10_000);
    const request = {
      collection: this.#number,
      key: requireString(key, 'key'),
      filter: filterToJson(filter),
    };
    const call = await this.#home.send(signal, (connection) =>
      connection.start('facets', request, { signal }),
    );
    return (await call.reply).slice(0, limit);
  }

  /** Models stop reading documents until `resume`; searches, and what they need read, go on. */
  pause(): void {
    this.#filler.pause();
  }

  /** Models read on after `pause`. */
  resume(): void {
    this.#filler.resume();
  }

  /** True between `pause` and `resume`. */
  get paused(): boolean {
    return this.#filler.paused;
  }

  /**
   * Resolves when every model has arrived, or failed to, and all have read every document. While
   * reading is paused it waits.
   * @param options - With a `signal`.
   */
  async embedded({ signal }: CallOptions = {}): Promise<void> {
    this.#home.assertUsable();
    signal?.throwIfAborted();
    await this.#filler.idle(signal);
    this.#home.assertUsable();
  }

  /** Frees the documents and their vectors (overwritten with zeros). Pending calls reject. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#ledger.end();
    this.#host.forget(this);
    this.#home.dispose();
    this.#filler.end();
  }

  /** @internal A model was loaded. */
  modelAdded(connection: Connection, tier: VectorTier): void {
    this.#filler.tell();
    this.#home.modelAdded(connection, tier);
  }

  /** @internal No further model will come. */
  modelsSettled(): void {
    this.#filler.tell();
  }

  #search(query: string, options: SearchOptions, without?: string): Search<Metadata> {
    const { signal, hold = false } = options;
    const ask = async (request: QueryRequest): Promise<SearchReply> => {
      const start = (connection: Connection) => connection.start('search', request, { signal });
      return (await this.#home.send(signal, start)).reply;
    };
    const asked = { collection: this.#number, text: query, without };
    return new Search<Metadata>(
      () => new QuerySource<Metadata>(this.#host, this.#filler, options, asked, ask),
      hold,
    );
  }
}

export interface Collection extends Disposable, AsyncDisposable {}
installDispose(Collection.prototype);
