// SPDX-License-Identifier: Apache-2.0
// What client and worker say to each other. Every call has an id and gets exactly one of `ok`,
// `failed` and `cancelled`; calls may be answered in another order than they were made.
import type { MayflyErrorCode } from '../errors.js';
import type { FacetCount, KernelChoice, LoadProgress } from '../options.js';
import type { ModelInfo } from '../results.js';

/** Where the worker gets the model: absolute URLs, because its own base differs from the page's. */
export type ModelSource = { url: string } | { bytes: ArrayBuffer | Uint8Array };

/** Where it gets a WebAssembly module; the default is beside the worker script. */
export type ModuleSource = ModelSource | { module: WebAssembly.Module } | undefined;

export interface ModelRequest {
  model: ModelSource;
  sha256: string | undefined;
  /** Exact size, where it is known without a manifest. */
  size?: number | undefined;
  integrity: boolean;
}

export interface LoadRequest {
  /** Those that are loaded before the worker is sealed. */
  models: readonly ModelRequest[];
  wasm: ModuleSource;
  kernelPack: ModuleSource;
  kernels: KernelChoice;
}

/** 1 static, 2 contextual: what has vectors. */
export type VectorTier = 1 | 2;

export interface LoadedModel extends ModelInfo {
  tier: VectorTier;
}

/** A query as the worker gets it. */
export interface QueryRequest {
  collection: number;
  query: string;
  /** JSON; '' for none. */
  filter: string;
  k: number;
  /** 0 hybrid, 1 semantic, 2 lexical. */
  mode: 0 | 1 | 2;
  /** The best tier that may answer: 0 lexical, 1 static, 2 contextual. */
  tier: 0 | 1 | 2;
  /** Documents that are embedded for this answer, where they wait for it. */
  rerank: number;
  /** Key of the metadata by which results will be grouped; '' for none. */
  groupBy: string;
  /** Hits whose tokens are compared with the query's. */
  lateInteraction: number;
}

export interface ExplainRequest extends QueryRequest {
  /** Of the document. */
  id: string;
}

export interface SearchReply {
  /** Per hit 5: score, contextual and static cosine, BM25, group bonus. */
  scores: Float32Array;
  /** Per hit 7: tier, dropped tokens, four places in code points, count of matches. */
  numbers: Uint32Array;
  /** [n, 2]: of all hits, code points of the text. */
  matches: Uint32Array;
  /** Per hit 5: id, text, metadata JSON, title, headings. */
  strings: string[];
  /** Of the query. */
  dropped: number;
  /** The tier that answered. */
  tier: 0 | 1 | 2;
  size: number;
  /** Documents without vectors of that tier. */
  pending: number;
  elapsedMs: number;
  fingerprint: string;
  /** Of the first `lateInteraction` hits: mean over the query's tokens of the nearest one's cosine. */
  tokenScores: readonly number[];
}

/**
 * Collections are numbered by the client. `documents` holds id, text, metadata JSON, title, headings
 * of each in turn.
 */
export interface Calls {
  load: { request: LoadRequest; reply: LoadedModel[] };
  /** A model that comes after the worker was sealed: bytes, from the page. */
  addModel: { request: ModelRequest; reply: LoadedModel };
  /** What another worker needs to load the same transformer: a file of it, and the modules. */
  share: {
    request: null;
    reply: {
      model: Uint8Array<ArrayBuffer>;
      core: WebAssembly.Module;
      kernelPack: WebAssembly.Module | undefined;
    };
  };
  embed: {
    request: { texts: readonly string[]; interactive: boolean };
    /** `vectors` is [texts, dim]. */
    reply: { vectors: Float32Array; tokens: Uint32Array; dropped: Uint32Array };
  };
  embedDocuments: {
    request: { documents: readonly string[] };
    /** `vectors` is [passages of all, dim], `counts` [3, documents]. */
    reply: { vectors: Float32Array; counts: Uint32Array };
  };
  tokenize: {
    request: { text: string };
    /** `offsets`: begin and end of each token in code points. */
    reply: { ids: Int32Array; tokens: string[]; offsets: Uint32Array; dropped: number };
  };
  open: { request: { collection: number }; reply: null };
  close: { request: { collection: number }; reply: null };
  ingest: {
    request: { collection: number; documents: readonly string[]; update: boolean };
    reply: null;
  };
  /** Gives documents their vectors. */
  fill: {
    request: {
      collection: number;
      tier: VectorTier;
      /** All that wait, where undefined. */
      ids: readonly string[] | undefined;
      /** The vectors come in `supply` messages, in the order of the ids. */
      supplied: boolean;
    };
    reply: { truncated: number };
  };
  facets: {
    request: { collection: number; key: string; filter: string };
    reply: FacetCount[];
  };
  remove: { request: { collection: number; ids: readonly string[] }; reply: { removed: number } };
  clear: { request: { collection: number }; reply: null };
  search: { request: QueryRequest; reply: SearchReply };
  /** See wasm/bindings/explain_job.cpp. */
  explain: {
    request: ExplainRequest;
    reply: { scores: Float32Array; numbers: Uint32Array; words: string[] };
  };
}

export type Operation = keyof Calls;

export type CallMessage = {
  [Op in Operation]: { type: 'call'; id: number; op: Op; args: Calls[Op]['request'] };
}[Operation];

/** Of the next documents of the `fill` call: as `embedDocuments` made them. */
export interface SuppliedVectors {
  fingerprint: string;
  vectors: Float32Array;
  counts: Uint32Array;
}

export type ToWorker =
  | CallMessage
  | ({ type: 'supply'; id: number } & SuppliedVectors)
  | { type: 'cancel'; id: number }
  | { type: 'ping' };

/** What `load` reports is a LoadProgress, what `ingest` and `fill` report counts documents. */
export type Progress = LoadProgress | { completed: number; total: number } | FillProgress;

export interface FillProgress {
  /** Documents of this call. */
  completed: number;
  total: number;
  /** Documents of the collection, and those without vectors of the call's tier. */
  size: number;
  pending: number;
}

export interface ErrorDescription {
  code: MayflyErrorCode;
  message: string;
}

export type FromWorker =
  | { type: 'ok'; id: number; value: unknown }
  | { type: 'failed'; id: number; error: ErrorDescription }
  | { type: 'cancelled'; id: number }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'pong' }
  /** The worker's state can no longer be trusted (a trap in WebAssembly): it must be replaced. */
  | { type: 'fatal'; message: string };
