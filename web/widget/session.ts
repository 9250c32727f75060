// SPDX-License-Identifier: Apache-2.0
import type { Collection, LoadProgress, Mayfly, MayflyOptions, SearchOptions } from 'mayfly';
import type { CorpusSource, Passage, PassageMetadata } from './corpus-source.js';
import { chooseModels, type Device, type WishedModels } from './engine-choice.js';
import { FacetTable, filterMetadata } from './facets.js';
import type { PageResult } from './held-order.js';

/** What an answer must have; `SearchResults` of the package has it. */
export interface Answer {
  readonly results: readonly PageResult[];
  readonly tier: 'lexical' | 'static' | 'contextual';
  readonly coverage: number;
  readonly final: boolean;
}

/** Where a session gets its parts from; tests give their own. */
export interface SessionParts {
  openCorpus(signal: AbortSignal): Promise<CorpusSource>;
  createEngine(options: MayflyOptions): Promise<Mayfly>;
  readonly models: WishedModels;
  readonly device: Device;
}

/**
 * - `idle`: nothing was asked for, nothing was loaded. `loading`: no passage can be found yet.
 * - `ready`: passages can be found, more may be coming. `failed`: none ever will; `start` tries again.
 */
export type SessionPhase = 'idle' | 'loading' | 'ready' | 'failed';

export interface SessionState {
  readonly phase: SessionPhase;
  /** Of `failed`. */
  readonly error: unknown;
  /** Passages that can be found by their words, and in all. */
  readonly searchable: number;
  readonly size: number | undefined;
  /** Every passage is searchable. */
  readonly complete: boolean;
  /** Bytes of the model that is on its way. */
  readonly download: { readonly loaded: number; readonly total: number | undefined } | undefined;
  /** `none`: words only, by choice; `failed`: by accident. */
  readonly models: 'loading' | 'ready' | 'none' | 'failed';
  readonly modelError: unknown;
}

/** Bytes arrive a thousand times a second; nobody wants to know that often. */
const PROGRESS_EVERY_MS = 150;

const NOTHING: SessionState = {
  phase: 'idle',
  error: undefined,
  searchable: 0,
  size: undefined,
  complete: false,
  download: undefined,
  models: 'loading',
  modelError: undefined,
};

/** One corpus in one engine, loaded when first asked for, shared by all boxes of a page. */
export class SearchSession {
  readonly facets = new FacetTable();
  /** Addresses are relative to it. */
  base = '';
  readonly #parts: SessionParts;
  readonly #listeners = new Set<() => void>();
  #state = NOTHING;
  #ending = new AbortController();
  #progressAt = 0;
  #engine: Mayfly | undefined;
  #collection: Collection<PassageMetadata> | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Tells of every change of `state`. Returns what stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins to load, or tries again; harmless when called often. */
  start(): void {
    if (this.#state.phase !== 'idle' && this.#state.phase !== 'failed') return;
    this.#end();
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    this.#change({ ...NOTHING, phase: 'loading' });
    this.#load(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.#end();
      this.#change({ phase: 'failed', error });
    });
  }

  /** Only in `ready`. */
  search(query: string, options: SearchOptions): AsyncIterable<Answer> {
    if (!this.#collection) throw new Error('search before a passage was searchable');
    return this.#collection.search(query, options);
  }

  /** Resolves with the next change of `state`. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.onChange(() => {
        stop();
        resolve();
      });
      signal.addEventListener('abort', () => (stop(), reject(signal.reason)), { once: true });
    });
  }

  dispose(): void {
    this.#end();
    this.#change(NOTHING);
  }

  #end(): void {
    this.#ending.abort();
    this.#engine?.dispose();
    this.#engine = this.#collection = undefined;
  }

  #change(news: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...news };
    for (const listener of [...this.#listeners]) listener();
  }

  async #load(signal: AbortSignal): Promise<void> {
    const corpus = await this.#parts.openCorpus(signal);
    this.base = corpus.base;
    this.#change({ size: corpus.size });
    let allRead = () => {};
    const words = new Promise<void>((resolve) => (allRead = resolve));
    const starting = this.#startEngine(corpus, words, signal);
    starting.catch(() => {});
    let searchable = 0;
    for await (const chunk of corpus.chunks(signal)) {
      const collection = await starting;
      await collection.add(chunk.map(toDocument), { until: 'searchable', signal });
      for (const { metadata } of chunk) {
        if (metadata) this.facets.add(metadata.page, metadata.filters);
      }
      searchable += chunk.length;
      this.#change({ phase: 'ready', searchable });
    }
    await starting;
    allRead();
    this.#change({ phase: 'ready', complete: true, size: searchable });
  }

  async #startEngine(
    corpus: CorpusSource,
    words: Promise<void>,
    signal: AbortSignal,
  ): Promise<Collection<PassageMetadata>> {
    const { model, staticModel, spared } = chooseModels(
      this.#parts.models,
      corpus,
      this.#parts.device,
    );
    const engine = await this.#parts.createEngine({
      model,
      ...(staticModel === undefined ? {} : { staticModel }),
      waitFor: 'lexical',
      // Loading a model takes line and worker: visitors would wait for it before they find a word.
      modelsAfter: words,
      signal,
      onProgress: (progress) => this.#progress(progress),
      ...(spared ? { workers: 1 } : {}),
    });
    this.#engine = engine;
    if (model === null && staticModel === undefined) this.#change({ models: 'none' });
    else {
      engine.ready.then(
        () => this.#change({ models: 'ready', download: undefined }),
        (modelError: unknown) => {
          if (signal.aborted) return;
          this.#change({ models: 'failed', modelError, download: undefined });
        },
      );
    }
    return (this.#collection = engine.collection<PassageMetadata>());
  }

  #progress({ stage, loaded, total }: LoadProgress): void {
    const now = performance.now();
    if (stage === 'download') {
      if (now - this.#progressAt < PROGRESS_EVERY_MS && loaded !== total) return;
      this.#progressAt = now;
      this.#change({ download: { loaded, total } });
    } else if (stage === 'ready') this.#change({ download: undefined });
  }
}

/** Filters where the engine can see them. */
function toDocument(passage: Passage): Passage {
  const metadata = passage.metadata as PassageMetadata;
  return { ...passage, metadata: { ...metadata, ...filterMetadata(metadata.filters) } };
}
