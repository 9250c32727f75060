// SPDX-License-Identifier: Apache-2.0
// The documents of the fake core, and how it finds them: by words in common, or by the cosine of one
// vector each; what waits for its vector comes last. Filters are equalities.
import type { CoreHits, CoreMode, CoreTier } from '../../web/client/core/core.js';

export const DIM = 26;

/** Id, text, metadata, title, headings. */
export type Parts = [string, string, string, string, string];

export interface Stored {
  parts: Parts;
  /** Differs between all versions of all documents. */
  version: number;
  vectors: Map<CoreTier, { values: Float32Array; dropped: number }>;
}

export function coreError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** A text as the contextual model sees it: counts of letters; the static one: which letters. */
export function letters(text: string, tier: CoreTier): Float32Array {
  const vector = new Float32Array(DIM);
  for (const letter of text.toLowerCase()) {
    const index = letter.charCodeAt(0) - 97;
    if (index >= 0 && index < DIM) vector[index] = tier === 1 ? 1 : vector[index]! + 1;
  }
  const norm = Math.hypot(...vector) || 1;
  return vector.map((count) => count / norm);
}

export function hashOf(parts: Parts): number {
  let hash = 0;
  for (const letter of parts.join('\n'))
    hash = (Math.imul(hash, 31) + letter.codePointAt(0)!) >>> 0;
  return hash;
}

export function pack(strings: string[]): Uint8Array {
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
}

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

interface Ranked {
  document: Stored;
  score: number;
  tier: 0 | CoreTier;
}

export class Documents {
  readonly byId = new Map<string, Stored>();
  #versions = 0;

  put(parts: Parts): Stored {
    const stored: Stored = { parts, version: ++this.#versions, vectors: new Map() };
    this.byId.set(parts[0], stored);
    return stored;
  }

  /** Best first; `queries` by tier, where there is a vector. */
  rank(
    query: string,
    filter: string,
    mode: CoreMode,
    queries: Map<CoreTier, Float32Array>,
  ): Ranked[] {
    const allowed = this.#allowed(filter);
    const tier = mode === 2 ? 0 : queries.has(2) ? 2 : queries.has(1) ? 1 : 0;
    const early = mode !== 2 && queries.has(1) ? 1 : 0;
    if (mode === 1 && tier === 0) throw coreError('invalid-argument', 'semantic without a vector');
    const ranked = this.#ranked(allowed, tier, query, queries);
    if (tier !== 2 || (mode === 1 && early === 0)) return ranked;
    const waiting = allowed.filter(({ vectors }) => !vectors.has(2));
    return [...ranked, ...this.#ranked(waiting, early, query, queries)];
  }

  #allowed(filter: string): Stored[] {
    const wanted = Object.entries(JSON.parse(filter || '{}') as object);
    return [...this.byId.values()].filter(({ parts }) => {
      const metadata = JSON.parse(parts[2] || '{}') as Record<string, unknown>;
      return wanted.every(([key, value]) => metadata[key] === value);
    });
  }

  #ranked(
    documents: Stored[],
    tier: 0 | CoreTier,
    query: string,
    queries: Map<CoreTier, Float32Array>,
  ): Ranked[] {
    const wanted = new Set(wordsOf(query));
    return documents
      .flatMap((document): Ranked[] => {
        if (tier > 0) {
          const vector = document.vectors.get(tier as CoreTier)?.values;
          const score = vector && dot(vector, queries.get(tier as CoreTier)!);
          return score === undefined ? [] : [{ document, score, tier }];
        }
        const score = wordsOf(document.parts[1]).filter((word) => wanted.has(word)).length;
        return score > 0 ? [{ document, score, tier }] : [];
      })
      .sort((a, b) => b.score - a.score);
  }
}

export function toHits(ranked: Ranked[], query: string): CoreHits {
  const wanted = new Set(wordsOf(query));
  const matches: number[] = [];
  const numbers = ranked.flatMap(({ document, tier }) => {
    const text = document.parts[1];
    const points = (end: number) => [...text.slice(0, end)].length;
    const found = [...text.matchAll(/[a-z0-9]+/gi)].filter(([word]) =>
      wanted.has(word.toLowerCase()),
    );
    for (const { 0: word, index } of found)
      matches.push(points(index), points(index + word.length));
    const dropped = [...document.vectors.values()].at(-1)?.dropped ?? 0;
    const end = points(text.length);
    return [tier, dropped, 0, 0, end, end, found.length];
  });
  return {
    scores: Float32Array.from(
      ranked.flatMap(({ score, tier }) => [
        score,
        ...[2, 1, 0].map((other) => (tier === other ? score : 0)),
        0,
      ]),
    ),
    numbers: Uint32Array.from(numbers),
    matches: Uint32Array.from(matches),
    strings: pack(ranked.flatMap(({ document }) => document.parts)),
  };
}
