// SPDX-License-Identifier: Apache-2.0
import type { SearchTier } from './options.js';

/** What names a model and the vector space it spans. */
export interface ModelInfo {
  /** Display name from the model file. */
  readonly name: string;
  /** SHA-256 (hexadecimal) over tokenizer, weights, pooling and prefixes: names the vector space. */
  readonly fingerprint: string;
  /** Numbers per vector. */
  readonly dim: number;
  /** Longest text in tokens, the model's own markers included. */
  readonly maxTokens: number;
  /** The inner loops in use: `relaxed_dot`, `relaxed`, `simd128` or `scalar`. All give the same bits. */
  readonly kernels: string;
}

/** One embedded text. */
export interface Embedding {
  /** `dim` numbers of unit length, so that a dot product is a cosine. Yours to keep. */
  readonly vector: Float32Array;
  /** Tokens that were embedded, the model's own markers included. */
  readonly tokens: number;
  /** True when the text was longer than the model reads. */
  readonly truncated: boolean;
  /** Tokens beyond the model's limit, which the vector does not know of. */
  readonly dropped: number;
}

/** A text as the model sees it. */
export interface Tokenization {
  /** Places of the tokens in the model's vocabulary, its own markers included. */
  readonly ids: Int32Array;
  /** The tokens as the vocabulary spells them, one per id; `##` begins what continues a word. */
  readonly tokens: readonly string[];
  /** `text.slice(begin, end)` of each token; `[0, 0]` for the model's own markers. */
  readonly offsets: readonly (readonly [begin: number, end: number])[];
  /** True when the text was longer than the model reads. */
  readonly truncated: boolean;
  /** Tokens beyond the model's limit; they are not in `ids`. */
  readonly dropped: number;
}

/** A part of a text: `text.slice(begin, end)`. */
export type TextRange = readonly [begin: number, end: number];

/** What of a text to show beneath a result. */
export interface Snippet {
  /** Whole sentences, those that the query is about. */
  readonly text: string;
  /** Words of the query, in `text`: for `<mark>`. */
  readonly matches: readonly TextRange[];
}

/** What a score was made of. */
export interface ResultScores {
  /** Cosine of query and best passage by the transformer, -1 to 1; 0 where it has not read it. */
  readonly contextual: number;
  /** The same by the static model. */
  readonly static: number;
  /** BM25; 0 where no word of the query occurs. */
  readonly lexical: number;
}

/** One document that was found. */
export interface SearchResult<Metadata = unknown> {
  /** As it was added. */
  readonly id: string;
  /** As it was added; '' for none. */
  readonly title: string;
  /** As they were added. */
  readonly headings: readonly string[];
  /** As it was added, all of it. */
  readonly text: string;
  /**
   * Higher is better, comparable within one answer and tier. Of `contextual` and `hybrid` it is the
   * cosine plus a little BM25; docs/decisions/fusion.md. With `groupBy`, that of the group's best
   * document and the `groupBonus`.
   */
  readonly score: number;
  /**
   * With `groupBy`: what a group scores beyond its best document, above 0 where several of it are near
   * the query, below where one alone of many is. Of the transformer's tier; else 0.
   */
  readonly groupBonus: number;
  /** By kind. */
  readonly scores: ResultScores;
  /** What the score was made of: results of a better tier come first. */
  readonly tier: SearchTier;
  /** The part of the text that is nearest to the query in meaning. */
  readonly passage: TextRange;
  /** What of the text to show, and which words to mark in it. */
  readonly snippet: Snippet;
  /** What was added with the document; `undefined` when nothing was. */
  readonly metadata: Metadata;
  /** Tokens of the document that no vector knows of. */
  readonly dropped: number;
  /** With `groupBy`: further results of the same group, best first. */
  readonly more?: readonly SearchResult<Metadata>[];
  /** With `fold`: ids of results left out because they say nearly the same. */
  readonly duplicates?: readonly string[];
}

/** One answer to a query. */
export interface SearchResults<Metadata = unknown> {
  /** Best first; ties in order of insertion. */
  readonly results: readonly SearchResult<Metadata>[];
  /** The best tier that took part. */
  readonly tier: SearchTier;
  /** Part of the documents that this tier knows, 0 to 1. */
  readonly coverage: number;
  /** True when no better answer will come. */
  readonly final: boolean;
  /** With `hold`: a better order than the one that is shown is known. */
  readonly reordered: boolean;
  /** True when the query was longer than the model reads. */
  readonly truncated: boolean;
  /** Tokens of the query beyond the model's limit. */
  readonly dropped: number;
  /** Documents that were searched. */
  readonly size: number;
  /** Milliseconds from the start of the work in the worker, waiting not included. */
  readonly elapsedMs: number;
  /** The model of the tier's vectors; '' for `lexical`. */
  readonly fingerprint: string;
}

/** What `add` and `update` did. */
export interface IngestSummary {
  /** Documents added or replaced. */
  readonly documents: number;
  /** How many of them have tokens that no vector knows of (see `SearchResult.dropped`). */
  readonly truncated: number;
}
