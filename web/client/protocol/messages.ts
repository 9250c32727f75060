// SPDX-License-Identifier: Apache-2.0
// What client and worker say to each other. Every call has an id and gets exactly one of `ok`,
// `failed` and `cancelled`; calls may be answered in another order than they were made.
import type { MayflyErrorCode } from '../errors.js';
import type { KernelChoice, LoadProgress } from '../options.js';
import type { ModelInfo } from '../results.js';

/** Where the worker gets the model: absolute URLs, because its own base differs from the page's. */
export type ModelSource = { url: string } | { bytes: ArrayBuffer | Uint8Array };

/** Where it gets a WebAssembly module; the default is beside the worker script. */
export type ModuleSource = ModelSource | { module: WebAssembly.Module } | undefined;

export interface LoadRequest {
  model: ModelSource;
  sha256: string | undefined;
  integrity: boolean;
  wasm: ModuleSource;
  kernelPack: ModuleSource;
  kernels: KernelChoice;
}

/** Collections are numbered by the client. `documents` holds id, text, metadata JSON of each in turn. */
export interface Calls {
  load: { request: LoadRequest; reply: ModelInfo };
  /** What another worker needs to load the same model: a file of it, and the modules. */
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
  tokenize: {
    request: { text: string };
    /** `offsets`: begin and end of each token in code points. */
    reply: { ids: Int32Array; tokens: string[]; offsets: Uint32Array; dropped: number };
  };
  open: { request: { collection: number }; reply: null };
  close: { request: { collection: number }; reply: null };
  ingest: {
    /** `supplied`: the vectors come in `supply` messages, in the order of the documents. */
    request: {
      collection: number;
      documents: readonly string[];
      update: boolean;
      supplied?: boolean;
    };
    reply: { truncated: number };
  };
  remove: { request: { collection: number; ids: readonly string[] }; reply: { removed: number } };
  clear: { request: { collection: number }; reply: null };
  search: {
    request: { collection: number; query: string; k: number };
    /** `strings` holds id, text, metadata JSON of each hit in turn. */
    reply: {
      scores: Float32Array;
      hitsDropped: Uint32Array;
      strings: string[];
      dropped: number;
      size: number;
      elapsedMs: number;
    };
  };
}

export type Operation = keyof Calls;

export type CallMessage = {
  [Op in Operation]: { type: 'call'; id: number; op: Op; args: Calls[Op]['request'] };
}[Operation];

/** Vectors [texts, dim] of the next documents of the `ingest` call `id`. */
export interface SuppliedVectors {
  fingerprint: string;
  vectors: Float32Array;
  dropped: Uint32Array;
}

export type ToWorker =
  | CallMessage
  | ({ type: 'supply'; id: number } & SuppliedVectors)
  | { type: 'cancel'; id: number }
  | { type: 'ping' };

/** What `load` reports is a LoadProgress, what `ingest` reports counts documents. */
export type Progress = LoadProgress | { completed: number; total: number };

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
