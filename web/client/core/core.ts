// SPDX-License-Identifier: Apache-2.0
// The surface of mayfly-core.js (wasm/bindings). Every object here lives in WebAssembly memory until
// `delete()`. Methods throw an Error with a `code` of the core's list, or trap (RuntimeError).

export interface CoreObject {
  delete(): void;
}

export interface CoreBuffer extends CoreObject {
  /** Over the wasm memory: write at once; any later call may detach it. */
  view(): Uint8Array;
}

export interface CoreTensor {
  name: string;
  /** As safetensors spells it. */
  dtype: string;
  shape: number[];
  byteCount: number;
}

export interface CoreModelInfo {
  name: string;
  fingerprint: string;
  dim: number;
  maxTokens: number;
  /** A table of token vectors and no transformer. */
  isStatic: boolean;
}

export interface CoreModel extends CoreObject {
  /** With `tensor`, all that a safetensors file of this model holds. */
  describe(): { metadata: Record<string, string>; tensors: CoreTensor[] };
  /** A copy of the bytes of the tensor at that place in `describe()`. */
  tensor(place: number): Uint8Array<ArrayBuffer>;
  info(): CoreModelInfo;
  tokenize(packedText: CoreBuffer): {
    ids: Int32Array;
    offsets: Uint32Array;
    tokens: Uint8Array;
    dropped: number;
  };
}

export interface CoreJob extends CoreObject {
  /** Works for about `budgetMs`; true when done. */
  step(budgetMs: number): boolean;
  completed(): number;
}

export interface CoreEmbedJob extends CoreJob {
  vectors(): Float32Array;
  tokenCounts(): Uint32Array;
  dropped(): Uint32Array;
}

/** Five packed strings per document: id, text, metadata, title, headings. */
export interface CoreDocumentJob extends CoreJob {
  /** f32 [passages of all, dim]. */
  vectors(): Float32Array;
  /** u32 [3, documents]: passages, dropped tokens, content hashes. */
  counts(): Uint32Array;
}

/** 1 static, 2 contextual. */
export type CoreTier = 1 | 2;
/** 0 hybrid, 1 semantic, 2 lexical. */
export type CoreMode = 0 | 1 | 2;

export interface CoreFillJob extends CoreJob {
  /** Instead of `step`: vectors and counts of the next documents, as a CoreDocumentJob made them. */
  supply(packedFingerprint: CoreBuffer, vectors: CoreBuffer, counts: CoreBuffer): boolean;
  size(): number;
  truncated(): number;
}

/** Per hit: scores [4], numbers [7], strings [5]; see wasm/bindings/collection.cpp. */
export interface CoreHits {
  scores: Float32Array;
  numbers: Uint32Array;
  /** [n, 2]: code points of the text. */
  matches: Uint32Array;
  strings: Uint8Array;
}

/** scores [6 + words + tokens], numbers [5 + 3 words + 5 tokens]; see wasm/bindings/explain_job.cpp. */
export interface CoreExplanation {
  scores: Float32Array;
  numbers: Uint32Array;
  strings: Uint8Array;
}

export interface CoreExplainJob extends CoreObject {
  /** Works for about `budgetMs`; true when the tokens are there too. */
  step(budgetMs: number): boolean;
  result(): CoreExplanation;
}

/** Per facet, in no order: numbers [4], strings [1]; see wasm/bindings/collection.cpp. */
export interface CoreFacets {
  numbers: Uint32Array<ArrayBuffer>;
  strings: Uint8Array;
}

export interface CoreCollection extends CoreObject {
  setModel(tier: CoreTier, model: CoreModel): void;
  /** `packedQuery`: the query, the filter's JSON and the key to group by ('' for none). */
  search(
    packedQuery: CoreBuffer,
    k: number,
    mode: CoreMode,
    staticQuery: CoreEmbedJob | null,
    contextualQuery: CoreEmbedJob | null,
  ): CoreHits;
  /** `packed`: a key and the filter's JSON ('' for none). */
  facets(packed: CoreBuffer): CoreFacets;
  remove(packedIds: CoreBuffer): number;
  clear(): void;
  size(): number;
  /** Documents without vectors of the tier. */
  pendingCount(tier: CoreTier): number;
}

export interface CoreModule {
  /** Adds the relaxed kernels of mayfly-kernels.wasm. */
  addKernelPack(pack: WebAssembly.Module): void;
  /** Name of the kernels that models loaded now use. */
  activeKernels(): string;
  /** Times the kernels for about `budgetMs` and names the fastest. */
  fastestKernels(budgetMs: number): string;
  selectKernels(variant: string): void;
  Buffer: new (byteCount: number) => CoreBuffer;
  /** Takes the buffer's bytes, which is empty afterwards and still to be deleted. */
  Model: { load(file: CoreBuffer): CoreModel };
  EmbedJob: new (model: CoreModel, packedTexts: CoreBuffer) => CoreEmbedJob;
  DocumentJob: new (model: CoreModel, packedDocuments: CoreBuffer) => CoreDocumentJob;
  Collection: new () => CoreCollection;
  IngestJob: new (
    collection: CoreCollection,
    packedDocuments: CoreBuffer,
    update: boolean,
  ) => CoreJob;
  /** `packed`: the query, the filter's JSON ('' for none) and the document's id. */
  ExplainJob: new (
    collection: CoreCollection,
    packed: CoreBuffer,
    mode: CoreMode,
    staticQuery: CoreEmbedJob | null,
    contextualQuery: CoreEmbedJob | null,
  ) => CoreExplainJob;
  FillJob: {
    /** All documents that wait for vectors of the tier. */
    all(collection: CoreCollection, tier: CoreTier): CoreFillJob;
    of(collection: CoreCollection, tier: CoreTier, packedIds: CoreBuffer): CoreFillJob;
    /** Of the best `count` by what is known without the transformer, those that wait for it. */
    candidates(
      collection: CoreCollection,
      packedQuery: CoreBuffer,
      mode: CoreMode,
      staticQuery: CoreEmbedJob | null,
      count: number,
    ): CoreFillJob;
  };
}

/** Runs `use` with a core object and deletes it, whatever happens. */
export function withObject<T extends CoreObject, R>(object: T, use: (object: T) => R): R {
  try {
    return use(object);
  } finally {
    object.delete();
  }
}
