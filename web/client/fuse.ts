// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';
import type { SearchResult } from './results.js';

/** How `fuse` joins answers. */
export interface FuseOptions {
  /**
   * `rrf`, reciprocal ranks (default): the sum of `weight / (constant + rank)`, Cormack, Clarke and
   * Büttcher, "Reciprocal rank fusion outperforms Condorcet", 2009. `min-max`: scores of each answer
   * mapped to 0 to 1, then summed by weight; it keeps how far apart they are.
   */
  readonly method?: 'rrf' | 'min-max' | undefined;
  /** Of each answer, at least 0. Default: 1 each. */
  readonly weights?: readonly number[] | undefined;
  /** Of `rrf`, above 0. Default 60. */
  readonly constant?: number | undefined;
}

/** What each place of an answer counts. */
function partsOf(results: readonly SearchResult[], method: string, constant: number): number[] {
  if (method === 'rrf') return results.map((_, place) => 1 / (constant + place + 1));
  const scores = results.map(({ score }) => score);
  const least = Math.min(...scores);
  const range = Math.max(...scores) - least;
  return scores.map((score) => (range > 0 ? (score - least) / range : 1));
}

/**
 * Joins rankings by your own rule, where `hybrid` mode is not what you want: several queries, several
 * collections, or words and meaning at a fixed weight.
 *
 * ```ts
 * const [words, meaning] = await Promise.all([
 *   collection.search(query, { mode: 'lexical', k: 100 }),
 *   collection.search(query, { mode: 'semantic', k: 100 }),
 * ]);
 * show(fuse([words.results, meaning.results], { method: 'min-max', weights: [0.3, 0.7] }));
 * ```
 *
 * Best first; what several answers hold (by id) comes once, as the first of them has it, with the
 * joined `score`. Throws `invalid-argument` for options out of range.
 */
export function fuse<Metadata>(
  answers: readonly (readonly SearchResult<Metadata>[])[],
  { method = 'rrf', weights = answers.map(() => 1), constant = 60 }: FuseOptions = {},
): SearchResult<Metadata>[] {
  const known = method === 'rrf' || method === 'min-max';
  if (
    !known ||
    !(constant > 0) ||
    weights.length !== answers.length ||
    !weights.every((w) => w >= 0)
  ) {
    throw new MayflyError(
      'invalid-argument',
      'fuse takes the method rrf or min-max, a weight of at least 0 for each answer, and a constant above 0',
    );
  }
  const joined = new Map<string, SearchResult<Metadata>>();
  answers.forEach((results, i) => {
    const parts = partsOf(results, method, constant);
    results.forEach((result, place) => {
      const before = joined.get(result.id);
      const score = (before?.score ?? 0) + (weights[i] as number) * (parts[place] as number);
      joined.set(result.id, { ...(before ?? result), score });
    });
  });
  return [...joined.values()].sort((a, b) => b.score - a.score);
}
