// SPDX-License-Identifier: Apache-2.0

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

export interface MayflyOptions {
  /**
   * URL of a model's manifest (`.json`), URL of a model file (`.safetensors`; its manifest is
   * expected beside it under the same name), or the bytes of a model file.
   * Default: `models/minilm.json` beside this package's files.
   */
  model?: string | URL | ArrayBuffer | Uint8Array | undefined;
  /** SHA-256 of the model file in hexadecimal: replaces the manifest's; verifies bytes. */
  sha256?: string | undefined;
  /**
   * `false` skips the checksum of a downloaded model: needed where the page has no SubtleCrypto
   * (plain http other than localhost), and for a model file without manifest or `sha256`.
   */
  integrity?: boolean | undefined;
  /** Aborts loading. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** URL of `mayfly-core.wasm`. Default: beside the worker script. */
  wasmUrl?: string | URL | undefined;
  /** The bytes of `mayfly-core.wasm`, instead of a URL. */
  wasmBinary?: ArrayBuffer | Uint8Array | undefined;
  /** URL of `mayfly-kernels.wasm`. Default: beside the worker script. */
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
  signal?: AbortSignal | undefined;
}

export interface IngestProgress {
  /** Documents embedded so far; none of them can be found before the last one is done. */
  readonly completed: number;
  readonly total: number;
}

export interface IngestOptions extends CallOptions {
  onProgress?: ((progress: IngestProgress) => void) | undefined;
}

export interface SearchOptions extends CallOptions {
  /** Most results to return, 1 to 10,000. Default 10. */
  k?: number | undefined;
}

export interface CollectionOptions {
  /**
   * Keep the documents on the page's side too, so that a collection survives a crash of the worker.
   * Default `true`; with `false` its operations throw `collection-lost` after a crash until
   * `clear`.
   */
  restore?: boolean | undefined;
}
