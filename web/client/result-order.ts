// SPDX-License-Identifier: Apache-2.0
// What becomes of a ranking before it is shown: groups, folded near-duplicates, another order, a held one.
import type { SortOrder } from './options.js';
import type { SearchResult, SearchResults } from './results.js';
import { TIERS } from './search-results.js';

/** A score times the weight to this power: twice the weight is a fifth more, ten times 78 %. */
const WEIGHT_POWER = 0.25;

/** What late interaction adds to a score: docs/decisions/late-interaction.md. */
const INTERACTION_WEIGHT = 0.1;

/** Share of three-word sequences that two texts have in common from which they say the same. */
const NEARLY_THE_SAME = 0.8;

function sequences(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // A text without words says nothing, and so nothing twice.
  if (words.length === 0) return new Set();
  if (words.length < 3) return new Set([words.join(' ')]);
  return new Set(words.slice(2).map((_, i) => words.slice(i, i + 3).join(' ')));
}

/** Jaccard similarity (Broder, "On the resemblance and containment of documents", 1997). */
function resemblance(a: Set<string>, b: Set<string>): number {
  let common = 0;
  for (const sequence of a) if (b.has(sequence)) common += 1;
  return common / Math.max(a.size + b.size - common, 1);
}

/** Leaves out what says nearly the same as a better result. */
export function fold<M>(results: readonly SearchResult<M>[]): SearchResult<M>[] {
  const kept: { result: SearchResult<M>; said: Set<string>; duplicates: string[] }[] = [];
  for (const result of results) {
    const said = sequences(result.text);
    const same = kept.find((other) => resemblance(other.said, said) >= NEARLY_THE_SAME);
    if (same) same.duplicates.push(result.id);
    else kept.push({ result, said, duplicates: [] });
  }
  return kept.map(({ result, duplicates }) => ({ ...result, duplicates }));
}

function ownMember(metadata: unknown, key: string): unknown {
  const has = metadata !== null && typeof metadata === 'object' && Object.hasOwn(metadata, key);
  return has ? (metadata as Record<string, unknown>)[key] : undefined;
}

/** Scores times a power of the weight, 0 to 10, that this key of the metadata has; others as they are. */
export function weigh<M>(results: readonly SearchResult<M>[], key: string): SearchResult<M>[] {
  const weighed = results.map((result) => {
    const weight = ownMember(result.metadata, key);
    if (typeof weight !== 'number' || !(weight >= 0)) return result;
    const factor = Math.min(weight, 10) ** WEIGHT_POWER;
    // Of a negative score too, more weight is more.
    return { ...result, score: result.score * (result.score < 0 ? 2 - factor : factor) };
  });
  return byScore(weighed);
}

/** Results of a better tier come first. */
const byScore = <M>(results: SearchResult<M>[]) =>
  results.sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || b.score - a.score);

/** The first results in the order of scores that late interaction adds to; the others as they are. */
export function interact<M>(
  results: readonly SearchResult<M>[],
  tokenScores: readonly number[],
): SearchResult<M>[] {
  const first = tokenScores.map((tokenScore, i) => {
    const result = results[i] as SearchResult<M>;
    return { ...result, score: result.score + INTERACTION_WEIGHT * tokenScore };
  });
  return [...byScore(first), ...results.slice(first.length)];
}

/** The best result of each group, with the next ones of the group beneath it. */
export function group<M>(
  results: readonly SearchResult<M>[],
  key: string,
  perGroup: number,
): SearchResult<M>[] {
  const groups = new Map<unknown, SearchResult<M>[]>();
  for (const result of results) {
    const value = ownMember(result.metadata, key);
    // What has no group stands for itself.
    const name = value === undefined || value === null ? result : value;
    const members = groups.get(name);
    if (members) members.push(result);
    else groups.set(name, [result]);
  }
  const best = Array.from(groups.values(), ([first, ...more]) => {
    const { score, groupBonus } = first as SearchResult<M>;
    return {
      ...(first as SearchResult<M>),
      score: score + groupBonus,
      more: more.slice(0, perGroup - 1),
    };
  });
  return byScore(best);
}

const KINDS = ['boolean', 'number', 'string'];

/** Booleans before numbers before strings, strings by code units: ISO dates are in the order of time. */
export function compareValues(a: unknown, b: unknown): number {
  const kinds = KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (kinds !== 0) return kinds;
  const [x, y] = [a as number, b as number];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** By a key of the metadata; of an array the value that comes first counts. Without the key: last. */
export function sortBy<M>(
  results: readonly SearchResult<M>[],
  { by, order = 'ascending' }: SortOrder,
): SearchResult<M>[] {
  const sign = order === 'ascending' ? 1 : -1;
  const compareSigned = (a: unknown, b: unknown) => sign * compareValues(a, b);
  const keyed = results.map((result) => {
    const values = [ownMember(result.metadata, by)].flat();
    const sortable = values.filter((value) => KINDS.includes(typeof value));
    return { result, value: sortable.sort(compareSigned)[0] };
  });
  keyed.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      return Number(a.value === undefined) - Number(b.value === undefined);
    }
    return compareSigned(a.value, b.value);
  });
  return keyed.map(({ result }) => result);
}

/** The better answer in the order that is shown: what was there keeps its place, news come after. */
export function hold<M>(
  shown: readonly SearchResult<M>[],
  better: SearchResults<M>,
): SearchResults<M> {
  const byId = new Map(better.results.map((result) => [result.id, result]));
  const kept = shown.map((result) => byId.get(result.id) ?? result);
  const there = new Set(shown.map(({ id }) => id));
  const results = [...kept, ...better.results.filter(({ id }) => !there.has(id))];
  const reordered =
    results.length !== better.results.length ||
    better.results.some(({ id }, place) => results[place]?.id !== id);
  return { ...better, results, reordered };
}
