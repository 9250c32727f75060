// SPDX-License-Identifier: Apache-2.0
import type { Filter } from './filter.js';

/** Progress of `Mayfly.create` and of a restart after a crash. */
export interface LoadProgress {
  /**
   * `download`: bytes of the model; `prepare`: checksum and unpacking; `ready`;
   * `restore`: documents re-added to a fresh worker after a crash.
   */
  readonly stage: 'download' | 'prepare' | 'ready' | 'restore';
  /** Bytes so far (documents, in `restore`). */
  readonly loaded: number;
  /** Bytes in all (documents, in `restore`); `undefined` when the server does not say. */
  readonly total: number | undefined;
}

/** `relaxed` and `relaxed_dot` need a browser with relaxed SIMD. */
export type KernelChoice = 'auto' | 'relaxed_dot' | 'relaxed' | 'simd128' | 'scalar';

/** A model file and what it must be: what `mayfly/minilm-static` and its like export. */
export interface ModelFile {
  /** Of the `.safetensors` file. */
  readonly url: string | URL;
  /** Exact size. */
  readonly bytes?: number | undefined;
  /** In hexadecimal. Undefined: the manifest beside it is asked, as for a plain URL. */
  readonly sha256?: string | undefined;
}

/**
 * URL of a model's manifest (`.json`), URL of a model file (`.safetensors`; its manifest is expected
 * beside it under the same name), a model file of the package, or the bytes of a model file.
 */
export type ModelLocation = string | URL | ModelFile | ArrayBuffer | Uint8Array;

/**
 * What an answer knows: words; also vectors that are sums of token vectors (`static`); also those of
 * the transformer (`contextual`).
 */
export type SearchTier = 'lexical' | 'static' | 'contextual';

/** Of `Mayfly.create`; without any, the model beside the package's files is loaded. */
export interface MayflyOptions {
  /** Default: `models/minilm.safetensors` of this package. `null`: words (and `staticModel`) only. */
  model?: ModelLocation | null | undefined;
  /**
   * A static model, e.g. `models/minilm-static.json`: 4 MB that understand meaning a thousand times
   * faster, and less well, until the transformer has read the documents. Default: none.
   */
  staticModel?: ModelLocation | undefined;
  /**
   * The tier that `create` waits for; better ones are loaded meanwhile, and searches use them once
   * they are there (see `Mayfly.ready`). Default: all of them.
   */
  waitFor?: SearchTier | undefined;
  /**
   * Models that `create` does not wait for are not asked for before this settles, e.g. once texts can be
   * searched by their words: what comes first then has line and worker to itself.
   */
  modelsAfter?: Promise<unknown> | undefined;
  /** SHA-256 of the model file in hexadecimal: replaces the manifest's; verifies bytes. */
  sha256?: string | undefined;
  /**
   * `false` skips the checksum of a downloaded model: needed where the page has no SubtleCrypto
   * (plain http other than localhost), and for a model file without manifest or `sha256`.
   */
  integrity?: boolean | undefined;
  /** Aborts loading. */
  signal?: AbortSignal | undefined;
  /** Called as files arrive, and by a restart after a crash. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** URL of `mayfly-core.wasm`. Default: beside the worker script, where that is named too. */
  wasmUrl?: string | URL | undefined;
  /** The bytes of `mayfly-core.wasm`, instead of a URL. */
  wasmBinary?: ArrayBuffer | Uint8Array | undefined;
  /** URL of `mayfly-kernels.wasm`. Default: the same. */
  kernelPackUrl?: string | URL | undefined;
  /**
   * Which inner loops to use. Default `auto`: the fastest that run here, by a few milliseconds of
   * timing. All give the same vectors, bit for bit; forcing is for tests and measurements.
   */
  kernels?: KernelChoice | undefined;
  /** URL of the worker script. Default: `worker.js` beside this module. */
  workerUrl?: string | URL | undefined;
  /** Makes a module worker, where the host must do it (extensions, bundlers); see `workers`. */
  createWorker?: (() => Worker) | undefined;
  /**
   * Most workers that this engine may have. The first holds the collections and answers queries;
   * further ones start only when thousands of tokens are to be embedded, take a share of that work,
   * and end after 15 seconds without any. Each needs the model's memory again. Default `auto`: one
   * less than the device has cores, 1 to 4; 1 where it has at most 2 GB of memory or saves data.
   * Vectors do not depend on it.
   */
  workers?: number | 'auto' | undefined;
  /**
   * A worker that owes an answer and stays silent this long (milliseconds) counts as dead.
   * Default 5000; `Infinity` to wait for ever, e.g. while debugging the worker.
   */
  unresponsiveAfterMs?: number | undefined;
}

/** Every asynchronous method takes a signal; an abort rejects at once with its reason. */
export interface CallOptions {
  /** Aborts the call: it rejects at once with the signal's reason, and the work stops. */
  signal?: AbortSignal | undefined;
}

/** How far `add` or `update` is. */
export interface IngestProgress {
  /** Documents that have their vectors; each of them can be found by its meaning. */
  readonly completed: number;
  /** Documents of the call. */
  readonly total: number;
}

/** Of `Collection.add` and `Collection.update`. */
export interface IngestOptions extends CallOptions {
  /** Called as documents get their vectors. */
  onProgress?: ((progress: IngestProgress) => void) | undefined;
  /**
   * When the call resolves: `embedded`, when every model that is loaded has read the documents
   * (default), or `searchable`, when they can be found by their words; reading goes on.
   */
  until?: 'embedded' | 'searchable' | undefined;
}

/** `hybrid` joins words and meaning (default), `semantic` and `lexical` are one of them alone. */
export type SearchMode = 'hybrid' | 'semantic' | 'lexical';

/** Another order than that of relevance. */
export interface SortOrder {
  /** A key of the metadata: numbers, or strings such as ISO dates. Documents without it come last. */
  readonly by: string;
  /** Default `ascending`. */
  readonly order?: 'ascending' | 'descending' | undefined;
}

/** A value that a key of the metadata has, and how many documents have it. */
export interface FacetCount {
  /** Of the metadata's key, or one element where that is an array. */
  readonly value: string | number | boolean;
  /** Documents that have it, at least 1. */
  readonly count: number;
}

/** Of `Collection.facets`. */
export interface FacetOptions extends CallOptions {
  /** Which documents count, by their metadata. Default: all. */
  filter?: Filter | undefined;
  /** Most values to return, 1 to 10,000. Default 100. */
  limit?: number | undefined;
}

/** Of `Collection.search`, `explain` and `moreLikeThis`. */
export interface SearchOptions extends CallOptions {
  /** Most results to return, 1 to 10,000. Default 10. */
  k?: number | undefined;
  /** Words and meaning (`hybrid`, default), or one of them. */
  mode?: SearchMode | undefined;
  /** Which documents may be found, by their metadata. */
  filter?: Filter | undefined;
  /**
   * How many of the best candidates the transformer reads for this query before it answers, where it
   * has not read them yet, 0 to 1,000: the first 64 tokens of each passage, the rest comes in the
   * background. Default 20; 0 to wait for none.
   */
  rerank?: number | undefined;
  /**
   * How many of the best results are ordered anew by late interaction (MaxSim): each token of the query
   * looks for the nearest token of the passage, and a tenth of the mean of their cosines is added to the
   * score. Takes the transformer 20 to 40 ms each for every answer; the tokens' vectors are dropped at once. Of its tier
   * only. 0 (default) to 100; it seldom changes much: docs/decisions/late-interaction.md.
   */
  lateInteraction?: number | undefined;
  /**
   * A key of the metadata that holds a weight, 0 to 10, such as `weight` of a corpus's passages; 1 where
   * it is missing. Scores are multiplied by its fourth root: twice the weight is a fifth more, 0 comes
   * last. Weighs the `8 * k` best, so that it cannot lift what has little to do with the query.
   * Of an explanation the rank counts it, the score does not.
   */
  weightBy?: string | undefined;
  /** The `k` best (of groups: the groups) in this order instead of the most relevant first. */
  sort?: SortOrder | undefined;
  /**
   * A key of the metadata, such as `page`: results of one value stand together, the best first and up
   * to `perGroup - 1` more in its `more`. `k` then counts groups.
   */
  groupBy?: string | undefined;
  /** Most results of a group, 1 to 100. Default 3. */
  perGroup?: number | undefined;
  /** Leaves out results that say nearly the same as a better one; their ids are in its `duplicates`. */
  fold?: boolean | undefined;
  /**
   * While iterating: what was shown keeps its order and place, new results come after it, and
   * `reordered` says that a better order is known; `Search.release()` shows it.
   */
  hold?: boolean | undefined;
}

/** How much of a collection a model has read. */
export interface ReadingProgress {
  /** Whose model reads: `static` or `contextual`. */
  readonly tier: SearchTier;
  /** Documents that have vectors of this tier, of `size`. */
  readonly read: number;
  /** Documents in the collection. */
  readonly size: number;
}

/** Of `Mayfly.collection`. */
export interface CollectionOptions {
  /** Called some 20 times a second while models read documents, whichever call added them. */
  onReading?: ((progress: ReadingProgress) => void) | undefined;
  /**
   * Keep the documents on the page's side too, so that a collection survives a crash of the worker.
   * Default `true`; with `false` its operations throw `collection-lost` after a crash until
   * `clear`.
   */
  restore?: boolean | undefined;
}
