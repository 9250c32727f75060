// SPDX-License-Identifier: Apache-2.0
import type { SearchResult } from 'mayfly';
import type { PassageMetadata } from './corpus-source.js';

/** The best passage of a page, as it is shown. */
export type PageResult = SearchResult<PassageMetadata>;

/** What stays the same when another passage of a page becomes its best. */
export function pageOf({ id, metadata }: PageResult): string {
  return metadata?.page ?? id;
}

export interface HeldOrder {
  readonly results: readonly PageResult[];
  /** `better` differs from what is shown in order, or in what stands for a page. */
  readonly stale: boolean;
}

/**
 * The better answer as somebody who is reading may meet it: what is shown keeps its place and words,
 * pages that are new come after it. Pages that the better answer lacks stay until it is asked for.
 */
export function holdOrder(shown: readonly PageResult[], better: readonly PageResult[]): HeldOrder {
  const betterByPage = new Map(better.map((result) => [pageOf(result), result]));
  const kept = shown.map((result) => {
    const other = betterByPage.get(pageOf(result));
    // The same passage: what is said of it (scores, tier) may be new, its snippet stays.
    return other?.id === result.id ? { ...other, snippet: result.snippet } : result;
  });
  const there = new Set(shown.map(pageOf));
  const results = [...kept, ...better.filter((result) => !there.has(pageOf(result)))];
  const stale =
    results.length !== better.length ||
    better.some((result, place) => results[place]?.id !== result.id);
  return { results, stale };
}
