// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import { Collection } from './collection.js';
import { installDispose } from './dispose.js';
import { requireString, requireStrings } from './documents.js';
import { MayflyError } from './errors.js';
import { toLoadPlan } from './load-request.js';
import type { CollectionHost } from './collection-host.js';
import { ModelSet } from './model-set.js';
import type {
  CallOptions,
  CollectionOptions,
  LoadProgress,
  MayflyOptions,
  SearchTier,
} from './options.js';
import { Pool } from './pool/pool.js';
import { fill } from './pool/start-fill.js';
import { workerCount } from './pool/worker-count.js';
import { Connection } from './protocol/connection.js';
import type { Calls, LoadedModel } from './protocol/messages.js';
import type { Embedding, ModelInfo, Tokenization } from './results.js';
import { TIERS } from './search-results.js';
import { spawnWorker } from './spawn-worker.js';
import { toUtf16Offsets } from './utf16-offsets.js';

const DEFAULT_UNRESPONSIVE_AFTER_MS = 5000;

/**
 * A semantic search engine in a worker of its own. Nothing leaves the page: after its files are
 * loaded the worker has no network and no storage, and all it knows ends with `dispose()`.
 */
export class Mayfly {
  readonly #options: MayflyOptions;
  readonly #models: ModelSet;
  readonly #workers: number;
  /** The living worker, or the one that is starting. */
  #connection: Promise<Connection> | undefined;
  #current: Connection | undefined;
  /** Of the living worker. */
  #pool: Pool | undefined;
  #disposed = false;
  #collections = new Set<Collection>();
  #nextCollection = 1;

  private constructor(options: MayflyOptions) {
    this.#options = options;
    this.#models = new ModelSet(toLoadPlan(options), {
      progress: (progress: LoadProgress) => this.#options.onProgress?.(progress),
      added: (connection, model) => this.#modelLoaded(connection, model),
      settled: () => this.#collections.forEach((collection) => collection.modelsSettled()),
    });
    this.#workers = workerCount(options.workers);
  }

  /**
   * Starts a worker and loads the model. Errors: `model-unavailable`, `checksum-mismatch`,
   * `invalid-model`, `engine-unavailable`, `insecure-context`, ...; on abort, the signal's reason.
   */
  static async create(options: MayflyOptions = {}): Promise<Mayfly> {
    options.signal?.throwIfAborted();
    const engine = new Mayfly({ ...options });
    try {
      await abortable(engine.#connect(), options.signal);
    } catch (error) {
      engine.dispose();
      throw error;
    }
    return engine;
  }

  /** The best model that is loaded. Error: `model-unavailable` while there is none. */
  get info(): ModelInfo {
    const { best } = this.#models;
    if (best) return best;
    throw new MayflyError('model-unavailable', 'no model is loaded yet; await engine.ready');
  }

  /** What answers searches now, worst first. */
  get tiers(): readonly SearchTier[] {
    return ['lexical', ...this.#models.tiers.map((tier) => TIERS[tier] as SearchTier)];
  }

  /** Resolves when all models are there; rejects when one could not be loaded. See `waitFor`. */
  get ready(): Promise<void> {
    return this.#connect().then(() => this.#models.ready);
  }

  /**
   * One text gives one embedding, an array an array of the same length and order; by the transformer,
   * or by the static model where there is no other. Waits for the model. Texts longer than
   * `ModelInfo.maxTokens` are cut, and the embedding says so.
   */
  embed(text: string, options?: CallOptions): Promise<Embedding>;
  embed(texts: readonly string[], options?: CallOptions): Promise<Embedding[]>;
  async embed(
    input: string | readonly string[],
    { signal }: CallOptions = {},
  ): Promise<Embedding | Embedding[]> {
    this.#assertUsable();
    const single = typeof input === 'string';
    const texts = single ? [input] : [...requireStrings(input, 'texts')];
    if (texts.length === 0) return [];
    const connection = await abortable(this.#connectReady(), signal);
    const embeddings: Embedding[] = [];
    const spread = this.#pool?.embed(texts, signal, (piece) =>
      embeddings.push(...this.#toEmbeddings(piece)),
    );
    if (spread) {
      await spread;
      return embeddings;
    }
    // One text is somebody waiting; many are work that can stand behind.
    const reply = await connection.call('embed', { texts, interactive: single }, { signal });
    embeddings.push(...this.#toEmbeddings(reply));
    return single ? (embeddings[0] as Embedding) : embeddings;
  }

  /**
   * The text as the model sees it: for playgrounds and explanations.
   * @param options - With a `signal`.
   */
  async tokenize(text: string, { signal }: CallOptions = {}): Promise<Tokenization> {
    this.#assertUsable();
    requireString(text, 'text');
    const connection = await abortable(this.#connectReady(), signal);
    const reply = await connection.call('tokenize', { text }, { signal });
    return {
      ids: reply.ids,
      tokens: reply.tokens,
      offsets: toUtf16Offsets(text, reply.offsets),
      truncated: reply.dropped > 0,
      dropped: reply.dropped,
    };
  }

  /** An empty collection. `Metadata` is the type of the documents' metadata. */
  collection<Metadata = unknown>(options?: CollectionOptions): Collection<Metadata> {
    this.#assertUsable();
    const models = this.#models;
    const host: CollectionHost = {
      connect: () => this.#connect(),
      fill: (connection, ...rest) => fill(connection, this.#pool, ...rest),
      get vectorTiers() {
        return models.tiers;
      },
      get loading() {
        return models.loading;
      },
      report: (progress: LoadProgress) => this.#options.onProgress?.(progress),
      forget: (collection: object) => void this.#collections.delete(collection as Collection),
    };
    const collection = new Collection<Metadata>(host, this.#nextCollection++, options);
    this.#collections.add(collection as Collection);
    return collection;
  }

  /** Ends the worker and frees everything. Pending calls reject with `disposed`. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const collection of this.#collections) collection.dispose();
    this.#connection = undefined;
    this.#end(new MayflyError('disposed', 'the engine was disposed during this call'));
  }

  #assertUsable(): void {
    if (this.#disposed) {
      throw new MayflyError('disposed', 'this engine was disposed; create another one');
    }
  }

  /** The living worker with its model loaded; starts one where there is none. */
  #connect(): Promise<Connection> {
    this.#connection ??= this.#start().catch((error: unknown) => {
      this.#connection = undefined;
      throw error;
    });
    return this.#connection;
  }

  async #start(): Promise<Connection> {
    this.#assertUsable();
    const connection = this.#connectWorker((error) => {
      if (this.#current !== connection) return;
      this.#connection = undefined;
      this.#pool?.close(error);
    });
    this.#current = connection;
    this.#pool = undefined;
    try {
      await this.#models.load(connection);
    } catch (error) {
      connection.close(error as MayflyError);
      throw error;
    }
    return connection;
  }

  #modelLoaded(connection: Connection, { tier, ...info }: LoadedModel): void {
    // Texts are embedded by the best model; further workers are made for it.
    if (this.#models.isBest(tier)) {
      this.#pool = new Pool(connection, info, {
        workers: this.#workers,
        connect: (onDeath) => this.#connectWorker(onDeath),
      });
    }
    for (const collection of this.#collections) collection.modelAdded(connection, tier);
  }

  /** With the model that embeds texts, which may come later than others. */
  async #connectReady(): Promise<Connection> {
    const connection = await this.#connect();
    if (!this.#models.tiers.includes(2)) await this.#models.ready;
    return connection;
  }

  #connectWorker(onDeath: (error: MayflyError) => void): Connection {
    const silence = this.#options.unresponsiveAfterMs ?? DEFAULT_UNRESPONSIVE_AFTER_MS;
    return new Connection(spawnWorker(this.#options), silence, onDeath);
  }

  #end(reason: MayflyError): void {
    this.#current?.close(reason);
    this.#pool?.close(reason);
  }

  #toEmbeddings({ vectors, tokens, dropped }: Calls['embed']['reply']): Embedding[] {
    const { dim } = this.info;
    return Array.from(tokens, (count, text) => ({
      vector: vectors.slice(text * dim, (text + 1) * dim),
      tokens: count,
      truncated: (dropped[text] as number) > 0,
      dropped: dropped[text] as number,
    }));
  }
}

export interface Mayfly extends Disposable, AsyncDisposable {}
installDispose(Mayfly.prototype);
