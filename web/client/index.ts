// SPDX-License-Identifier: Apache-2.0
/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The engine: `import { Mayfly } from 'mayfly'`. Importing it does nothing but define: no worker, no
 * request, no DOM, so it is safe in server rendering.
 *
 * @module mayfly
 */
export { Mayfly } from './mayfly.js';
export type { Collection } from './collection.js';
export type { MayflyDocument } from './documents.js';
export type { ExplainedToken, ExplainedWord, Explanation } from './explanation.js';
export type { Filter, FilterCondition, FilterValue } from './filter.js';
export type { Search } from './search.js';
export { fuse, type FuseOptions } from './fuse.js';
export { MayflyError, type MayflyErrorCode } from './errors.js';
export type {
  CallOptions,
  CollectionOptions,
  FacetCount,
  FacetOptions,
  IngestOptions,
  IngestProgress,
  KernelChoice,
  LoadProgress,
  MayflyOptions,
  ModelFile,
  ModelLocation,
  ReadingProgress,
  SearchMode,
  SearchOptions,
  SearchTier,
  SortOrder,
} from './options.js';
export type {
  Embedding,
  IngestSummary,
  ModelInfo,
  ResultScores,
  SearchResult,
  SearchResults,
  Snippet,
  TextRange,
  Tokenization,
} from './results.js';
