// SPDX-License-Identifier: Apache-2.0
// A core without WebAssembly, for tests of protocol and client only: a text's vector counts letters,
// a step embeds one text, and every object must be deleted in the end (`alive`).
import type {
  CoreBuffer,
  CoreCollection,
  CoreEmbedJob,
  CoreIngestJob,
  CoreModel,
  CoreModule,
} from '../../web/client/core/core.js';
import { unpackStrings } from '../../web/client/core/packed-strings.js';

const DIM = 26;
const FINGERPRINT = 'f'.repeat(64);

export interface FakeCore extends CoreModule {
  alive: Set<object>;
  /** Every text embedded so far, in order. */
  embedded: string[];
  /** Steps of ingestions whose vectors are supplied. */
  suppliedSteps: number;
  /** Called before each text is embedded; may throw. */
  beforeEmbed: (text: string) => void;
}

export function coreError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function letterCounts(text: string): Float32Array {
  const vector = new Float32Array(DIM);
  for (const letter of text.toLowerCase()) {
    const index = letter.charCodeAt(0) - 97;
    if (index >= 0 && index < DIM) vector[index]! += 1;
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((count) => count / norm);
}

const packed = (strings: string[]): Uint8Array => {
  const bytes = strings.map((text) => new TextEncoder().encode(text));
  const header = 4 * (strings.length + 1);
  const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, header));
  const words = new DataView(all.buffer);
  words.setUint32(0, strings.length, true);
  let begin = header;
  bytes.forEach((text, index) => {
    words.setUint32(4 * (index + 1), text.length, true);
    all.set(text, begin);
    begin += text.length;
  });
  return all;
};

export function makeFakeCore(): FakeCore {
  const alive = new Set<object>();
  const embedded: string[] = [];

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
    static load(file: CoreBuffer): CoreModel {
      if (file.view()[0] === 0) throw coreError('invalid-model', 'the model begins with zero');
      return new Model();
    }
    describe() {
      return { metadata: {}, tensors: [{ name: 'one', dtype: 'U8', shape: [1], byteCount: 1 }] };
    }
    tensor() {
      return new Uint8Array([1]);
    }
    info() {
      return { name: 'letters', fingerprint: FINGERPRINT, dim: DIM, maxTokens: 16 };
    }
    tokenize(text: CoreBuffer) {
      const letters = [...(unpackStrings(text.view())[0] ?? '')];
      const offsets = letters.flatMap((_, index) => [index, index + 1]);
      return {
        ids: Int32Array.from(letters, (letter) => letter.codePointAt(0) ?? 0),
        offsets: Uint32Array.from(offsets),
        tokens: packed(letters),
        dropped: 0,
      };
    }
  }

  class EmbedJob extends Tracked implements CoreEmbedJob {
    texts: string[];
    #completed = 0;
    constructor(_: CoreModel, texts: CoreBuffer) {
      super();
      this.texts = unpackStrings(texts.view());
    }
    step() {
      const text = this.texts[this.#completed];
      if (text !== undefined) {
        core.beforeEmbed(text);
        embedded.push(text);
        this.#completed += 1;
      }
      return this.#completed === this.texts.length;
    }
    completed() {
      return this.#completed;
    }
    vectors() {
      return Float32Array.from(this.texts.flatMap((text) => [...letterCounts(text)]));
    }
    tokenCounts() {
      return Uint32Array.from(this.texts, (text) => Math.min(16, text.length + 2));
    }
    dropped() {
      return Uint32Array.from(this.texts, (text) => Math.max(0, text.length - 14));
    }
  }

  class Collection extends Tracked implements CoreCollection {
    documents = new Map<string, { text: string; metadata: string; vector: Float32Array }>();
    search(query: CoreEmbedJob, k: number) {
      const wanted = query.vectors();
      const hits = [...this.documents]
        .map(([id, document]) => {
          const score = document.vector.reduce(
            (sum, value, i) => sum + value * (wanted[i] ?? 0),
            0,
          );
          return { id, score, ...document };
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, k);
      return {
        scores: Float32Array.from(hits, (hit) => hit.score),
        dropped: new Uint32Array(hits.length),
        strings: packed(hits.flatMap((hit) => [hit.id, hit.text, hit.metadata])),
      };
    }
    remove(ids: CoreBuffer) {
      return unpackStrings(ids.view()).filter((id) => this.documents.delete(id)).length;
    }
    clear() {
      this.documents.clear();
    }
    size() {
      return this.documents.size;
    }
  }

  class IngestJob extends Tracked implements CoreIngestJob {
    #documents: [id: string, text: string, metadata: string][] = [];
    #vectors: Float32Array[] = [];
    #truncated = 0;
    constructor(
      private readonly collection: CoreCollection,
      documents: CoreBuffer,
      update: boolean,
      private readonly supplied: boolean,
    ) {
      super();
      const strings = unpackStrings(documents.view());
      for (let i = 0; i < strings.length; i += 3) {
        this.#documents.push(strings.slice(i, i + 3) as [string, string, string]);
      }
      for (const [id] of this.#documents) {
        const known = (collection as Collection).documents.has(id);
        if (known === update) continue;
        alive.delete(this);
        throw coreError(update ? 'not-found' : 'duplicate-id', `document "${id}"`);
      }
    }
    supply(fingerprint: CoreBuffer, vectors: CoreBuffer, dropped: CoreBuffer) {
      if (unpackStrings(fingerprint.view())[0] !== FINGERPRINT) {
        throw coreError('space-mismatch', 'vectors of another model');
      }
      const values = new Float32Array(vectors.view().slice().buffer);
      const counts = new Uint32Array(dropped.view().slice().buffer);
      for (let i = 0; i < counts.length; i++) {
        this.#vectors.push(values.slice(i * DIM, (i + 1) * DIM));
        this.#truncated += counts[i]! > 0 ? 1 : 0;
      }
    }
    step() {
      if (this.supplied) core.suppliedSteps += 1;
      const text = this.#documents[this.#vectors.length]?.[1];
      if (text !== undefined && !this.supplied) {
        core.beforeEmbed(text);
        embedded.push(text);
        this.#vectors.push(letterCounts(text));
        this.#truncated += text.length > 14 ? 1 : 0;
      }
      if (this.#vectors.length < this.#documents.length) return false;
      this.#documents.forEach(([id, text, metadata], i) => {
        const vector = this.#vectors[i]!;
        (this.collection as Collection).documents.set(id, { text, metadata, vector });
      });
      return true;
    }
    completed() {
      return this.#vectors.length;
    }
    truncated() {
      return this.#truncated;
    }
  }

  const core = {
    Buffer,
    Model,
    EmbedJob,
    Collection: class extends Collection {
      constructor(_: CoreModel) {
        super();
      }
    },
    IngestJob,
    addKernelPack: () => {},
    activeKernels: () => 'scalar',
    fastestKernels: () => 'scalar',
    selectKernels: () => {},
    alive,
    embedded,
    suppliedSteps: 0,
    beforeEmbed: () => {},
  } as FakeCore;
  return core;
}
