// SPDX-License-Identifier: Apache-2.0
// A core without WebAssembly, for tests of protocol and client only: a text's vector counts letters,
// a step embeds one text, and every object must be deleted in the end (`alive`). A model file that
// begins with 2 is static, with 0 broken, and any other contextual.
import type {
  CoreBuffer,
  CoreCollection,
  CoreDocumentJob,
  CoreEmbedJob,
  CoreFillJob,
  CoreJob,
  CoreMode,
  CoreModel,
  CoreModule,
  CoreTier,
} from '../../web/client/core/core.js';
import { unpackStrings } from '../../web/client/core/packed-strings.js';
import {
  coreError,
  DIM,
  Documents,
  hashOf,
  letters,
  pack,
  toHits,
  type Parts,
  type Stored,
} from './fake-collection.js';

export { coreError };
const MAX_TOKENS = 16;
/** Documents that an ingestion puts in per step. */
const INGESTED_PER_STEP = 10;
const fingerprintOf = (tier: CoreTier) => (tier === 1 ? 's' : 'f').repeat(64);
const droppedOf = (text: string) => Math.max(0, text.length - (MAX_TOKENS - 2));

export interface FakeCore extends CoreModule {
  alive: Set<object>;
  /** Every text that the contextual model embedded so far, in order, and the static one. */
  embedded: string[];
  embeddedStatic: string[];
  /** Times that jobs took supplied vectors. */
  supplies: number;
  /** Times that jobs were asked for their size. */
  sizesAsked: number;
  /** Called before a text is embedded; may throw. */
  beforeEmbed: (text: string, tier: CoreTier) => void;
}

function documentsIn(packed: CoreBuffer): Parts[] {
  const strings = unpackStrings(packed.view());
  return Array.from(
    { length: strings.length / 5 },
    (_, i) => strings.slice(5 * i, 5 * i + 5) as Parts,
  );
}

export function makeFakeCore(): FakeCore {
  const alive = new Set<object>();
  const embedded: string[] = [];
  const embeddedStatic: string[] = [];

  function embed(text: string, tier: CoreTier): Float32Array {
    core.beforeEmbed(text, tier);
    (tier === 2 ? embedded : embeddedStatic).push(text);
    return letters(text, tier);
  }

  class Tracked {
    constructor() {
      alive.add(this);
    }
    delete(): void {
      if (!alive.delete(this)) throw new Error('deleted twice');
    }
  }

  class Buffer extends Tracked implements CoreBuffer {
    #bytes: Uint8Array;
    constructor(byteCount: number) {
      super();
      this.#bytes = new Uint8Array(byteCount);
    }
    view() {
      return this.#bytes;
    }
  }

  class Model extends Tracked implements CoreModel {
    constructor(readonly tier: CoreTier) {
      super();
    }
    static load(file: CoreBuffer): CoreModel {
      if (file.view()[0] === 0) throw coreError('invalid-model', 'the model begins with zero');
      return new Model(file.view()[0] === 2 ? 1 : 2);
    }
    describe() {
      return { metadata: {}, tensors: [{ name: 'one', dtype: 'U8', shape: [1], byteCount: 1 }] };
    }
    tensor() {
      return new Uint8Array([1]);
    }
    info() {
      const { tier } = this;
      const fingerprint = fingerprintOf(tier);
      return {
        name: 'letters',
        fingerprint,
        dim: DIM,
        maxTokens: MAX_TOKENS,
        isStatic: tier === 1,
      };
    }
    tokenize(text: CoreBuffer) {
      const characters = [...(unpackStrings(text.view())[0] ?? '')];
      const offsets = characters.flatMap((_, index) => [index, index + 1]);
      return {
        ids: Int32Array.from(characters, (character) => character.codePointAt(0) ?? 0),
        offsets: Uint32Array.from(offsets),
        tokens: pack(characters),
        dropped: 0,
      };
    }
  }

  /** One text per step. */
  abstract class EmbeddingJob extends Tracked implements CoreJob {
    readonly tier: CoreTier;
    readonly #vectors: Float32Array[] = [];
    constructor(
      model: CoreModel,
      readonly texts: string[],
    ) {
      super();
      this.tier = (model as Model).tier;
    }
    step() {
      const text = this.texts[this.#vectors.length];
      if (text !== undefined) this.#vectors.push(embed(text, this.tier));
      return this.#vectors.length === this.texts.length;
    }
    completed() {
      return this.#vectors.length;
    }
    vectors() {
      return Float32Array.from(this.#vectors.flatMap((vector) => [...vector]));
    }
  }

  class EmbedJob extends EmbeddingJob implements CoreEmbedJob {
    constructor(model: CoreModel, texts: CoreBuffer) {
      super(model, unpackStrings(texts.view()));
    }
    tokenCounts() {
      return Uint32Array.from(this.texts, (text) => Math.min(MAX_TOKENS, text.length + 2));
    }
    dropped() {
      return Uint32Array.from(this.texts, droppedOf);
    }
  }

  class DocumentJob extends EmbeddingJob implements CoreDocumentJob {
    readonly #documents: Parts[];
    constructor(model: CoreModel, packed: CoreBuffer) {
      const documents = documentsIn(packed);
      super(
        model,
        documents.map(([, text]) => text),
      );
      this.#documents = documents;
    }
    counts() {
      return Uint32Array.from([
        ...this.texts.map(() => 1),
        ...this.texts.map(droppedOf),
        ...this.#documents.map(hashOf),
      ]);
    }
  }

  class Collection extends Tracked implements CoreCollection {
    readonly documents = new Documents();
    readonly models = new Map<CoreTier, CoreModel>();
    setModel(tier: CoreTier, model: CoreModel) {
      this.models.set(tier, model);
      for (const { vectors } of this.documents.byId.values()) vectors.delete(tier);
    }
    ranked(
      packed: CoreBuffer,
      mode: CoreMode,
      staticQuery: CoreEmbedJob | null,
      contextualQuery: CoreEmbedJob | null,
    ) {
      const [query = '', filter = ''] = unpackStrings(packed.view());
      const queries = new Map<CoreTier, Float32Array>();
      if (staticQuery) queries.set(1, staticQuery.vectors());
      if (contextualQuery) queries.set(2, contextualQuery.vectors());
      return { query, ranked: this.documents.rank(query, filter, mode, queries) };
    }
    search(
      packed: CoreBuffer,
      k: number,
      mode: CoreMode,
      staticQuery: CoreEmbedJob | null,
      contextualQuery: CoreEmbedJob | null,
    ) {
      const { query, ranked } = this.ranked(packed, mode, staticQuery, contextualQuery);
      return toHits(ranked.slice(0, k), query);
    }
    facets(): never {
      throw new Error('no test of the client needs facets; package-search has the real core');
    }
    remove(ids: CoreBuffer) {
      return unpackStrings(ids.view()).filter((id) => this.documents.byId.delete(id)).length;
    }
    clear() {
      this.documents.byId.clear();
    }
    size() {
      return this.documents.byId.size;
    }
    pendingCount(tier: CoreTier) {
      return [...this.documents.byId.values()].filter(({ vectors }) => !vectors.has(tier)).length;
    }
  }

  class IngestJob extends Tracked implements CoreJob {
    readonly #target: Collection;
    readonly #documents: Parts[];
    #completed = 0;
    constructor(
      collection: CoreCollection,
      documents: CoreBuffer,
      private readonly update: boolean,
    ) {
      super();
      this.#target = collection as Collection;
      this.#documents = documentsIn(documents);
      for (const [id] of this.#documents) {
        if (this.#target.documents.byId.has(id) === update) continue;
        alive.delete(this);
        throw coreError(update ? 'not-found' : 'duplicate-id', `document "${id}"`);
      }
    }
    step() {
      const count = this.update ? this.#documents.length : INGESTED_PER_STEP;
      const next = this.#documents.slice(this.#completed, this.#completed + count);
      for (const parts of next) this.#target.documents.put(parts);
      this.#completed += next.length;
      return this.#completed === this.#documents.length;
    }
    completed() {
      return this.#completed;
    }
    override delete() {
      super.delete();
      if (this.#completed === this.#documents.length) return;
      for (const [id] of this.#documents.slice(0, this.#completed)) {
        this.#target.documents.byId.delete(id);
      }
    }
  }

  class FillJob extends Tracked implements CoreFillJob {
    #completed = 0;
    #truncated = 0;
    private constructor(
      private readonly target: Collection,
      private readonly tier: CoreTier,
      private readonly wanted: (Stored | undefined)[],
    ) {
      super();
    }
    static all(collection: CoreCollection, tier: CoreTier) {
      const target = collection as Collection;
      const waiting = [...target.documents.byId.values()].filter(
        ({ vectors }) => !vectors.has(tier),
      );
      return new FillJob(target, tier, waiting);
    }
    static of(collection: CoreCollection, tier: CoreTier, ids: CoreBuffer) {
      const target = collection as Collection;
      const wanted = unpackStrings(ids.view()).map((id) => target.documents.byId.get(id));
      return new FillJob(target, tier, wanted);
    }
    static candidates(
      collection: CoreCollection,
      packed: CoreBuffer,
      mode: CoreMode,
      staticQuery: CoreEmbedJob | null,
      count: number,
    ) {
      const target = collection as Collection;
      if (mode === 1 && !staticQuery) return new FillJob(target, 2, []);
      const best = target.ranked(packed, mode, staticQuery, null).ranked.slice(0, count);
      const documents = best.map(({ document }) => document);
      return new FillJob(
        target,
        2,
        documents.filter(({ vectors }) => !vectors.has(2)),
      );
    }
    step() {
      const waiting = () => this.#present(this.wanted[this.#completed]);
      while (this.#completed < this.wanted.length && !waiting()) this.#completed += 1;
      const document = waiting();
      if (document) {
        const [, text] = document.parts;
        this.#keep(document, embed(text, this.tier), droppedOf(text));
        this.#completed += 1;
      }
      return this.#completed === this.wanted.length;
    }
    supply(fingerprint: CoreBuffer, vectors: CoreBuffer, counts: CoreBuffer) {
      core.supplies += 1;
      if (unpackStrings(fingerprint.view())[0] !== fingerprintOf(this.tier)) {
        throw coreError('space-mismatch', 'vectors of another model');
      }
      const values = new Float32Array(vectors.view().slice().buffer);
      const numbers = new Uint32Array(counts.view().slice().buffer);
      const count = numbers.length / 3;
      for (let i = 0; i < count; i++, this.#completed++) {
        const document = this.#present(this.wanted[this.#completed]);
        if (!document || hashOf(document.parts) !== numbers[2 * count + i]) continue;
        this.#keep(document, values.slice(i * DIM, (i + 1) * DIM), numbers[count + i]!);
      }
      return this.#completed === this.wanted.length;
    }
    size() {
      core.sizesAsked += 1;
      return this.wanted.length;
    }
    completed() {
      return this.#completed;
    }
    truncated() {
      return this.#truncated;
    }
    /** It waits, in the version that was asked for. */
    #present(document: Stored | undefined): Stored | undefined {
      const there = document && this.target.documents.byId.get(document.parts[0]) === document;
      return there && !document.vectors.has(this.tier) ? document : undefined;
    }
    #keep(document: Stored, values: Float32Array, dropped: number): void {
      document.vectors.set(this.tier, { values, dropped });
      if (dropped > 0) this.#truncated += 1;
    }
  }

  const core: FakeCore = {
    Buffer,
    Model,
    EmbedJob,
    DocumentJob,
    ExplainJob: class extends Tracked {
      step() {
        return true;
      }
      result() {
        return {
          scores: new Float32Array(7),
          numbers: new Uint32Array(5),
          strings: pack([]),
        };
      }
    },
    Collection,
    IngestJob,
    FillJob,
    addKernelPack: () => {},
    activeKernels: () => 'scalar',
    fastestKernels: () => 'scalar',
    selectKernels: () => {},
    alive,
    embedded,
    embeddedStatic,
    supplies: 0,
    sizesAsked: 0,
    beforeEmbed: () => {},
  };
  return core;
}
