// SPDX-License-Identifier: Apache-2.0

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
  readonly ids: Int32Array;
  readonly tokens: readonly string[];
  /** `text.slice(begin, end)` of each token; `[0, 0]` for the model's own markers. */
  readonly offsets: readonly (readonly [begin: number, end: number])[];
  readonly truncated: boolean;
  readonly dropped: number;
}

/** One passage that was found. */
export interface SearchResult<Metadata = unknown> {
  readonly id: string;
  /** Cosine of query and passage, -1 to 1, higher is better. */
  readonly score: number;
  readonly text: string;
  /** What was added with the document; `undefined` when nothing was. */
  readonly metadata: Metadata;
  /** Tokens of the passage beyond the model's limit: the score does not know of them. */
  readonly dropped: number;
}

export interface SearchResults<Metadata = unknown> {
  /** Best first; ties in order of insertion. */
  readonly results: readonly SearchResult<Metadata>[];
  /** True when the query was longer than the model reads. */
  readonly truncated: boolean;
  /** Tokens of the query beyond the model's limit. */
  readonly dropped: number;
  /** Documents that were searched. */
  readonly size: number;
  /** Milliseconds from the start of the work in the worker, waiting not included. */
  readonly elapsedMs: number;
  /** The model that made every vector involved. */
  readonly fingerprint: string;
}

/** What `add` and `update` did. */
export interface IngestSummary {
  /** Documents added or replaced. */
  readonly documents: number;
  /** How many of them are longer than the model reads (see `SearchResult.dropped`). */
  readonly truncated: number;
}
