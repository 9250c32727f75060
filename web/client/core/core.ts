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

export interface CoreModel extends CoreObject {
  /** With `tensor`, all that a safetensors file of this model holds. */
  describe(): { metadata: Record<string, string>; tensors: CoreTensor[] };
  /** A copy of the bytes of the tensor at that place in `describe()`. */
  tensor(place: number): Uint8Array<ArrayBuffer>;
  info(): { name: string; fingerprint: string; dim: number; maxTokens: number };
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

export interface CoreIngestJob extends CoreJob {
  /** Of a job made with `supplied`: f32 [n, dim] and u32 [n] of the next documents. */
  supply(packedFingerprint: CoreBuffer, vectors: CoreBuffer, dropped: CoreBuffer): void;
  truncated(): number;
}

export interface CoreCollection extends CoreObject {
  search(
    query: CoreEmbedJob,
    k: number,
  ): { scores: Float32Array; dropped: Uint32Array; strings: Uint8Array };
  remove(packedIds: CoreBuffer): number;
  clear(): void;
  size(): number;
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
  Collection: new (model: CoreModel) => CoreCollection;
  IngestJob: new (
    collection: CoreCollection,
    packedDocuments: CoreBuffer,
    update: boolean,
    supplied: boolean,
  ) => CoreIngestJob;
}

/** Runs `use` with a core object and deletes it, whatever happens. */
export function withObject<T extends CoreObject, R>(object: T, use: (object: T) => R): R {
  try {
    return use(object);
  } finally {
    object.delete();
  }
}
