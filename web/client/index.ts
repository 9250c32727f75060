// SPDX-License-Identifier: Apache-2.0
/// <reference lib="esnext.disposable" preserve="true" />
// Importing this does nothing but define: no worker, no request, no DOM (safe in server rendering).
export { Mayfly } from './mayfly.js';
export type { Collection } from './collection.js';
export type { MayflyDocument } from './documents.js';
export { MayflyError, type MayflyErrorCode } from './errors.js';
export type {
  CallOptions,
  CollectionOptions,
  IngestOptions,
  IngestProgress,
  KernelChoice,
  LoadProgress,
  MayflyOptions,
  SearchOptions,
} from './options.js';
export type {
  Embedding,
  IngestSummary,
  ModelInfo,
  SearchResult,
  SearchResults,
  Tokenization,
} from './results.js';
