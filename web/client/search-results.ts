// SPDX-License-Identifier: Apache-2.0
import { parseMetadata } from './documents.js';
import { MayflyError } from './errors.js';
import type { SearchMode, SearchOptions, SearchTier } from './options.js';
import type { QueryRequest, SearchReply } from './protocol/messages.js';
import type { SearchResult, SearchResults, TextRange } from './results.js';
import { toUtf16Places } from './utf16-offsets.js';

const MAX_RESULTS = 10_000;
const MAX_RERANKED = 1000;
const MODES: readonly SearchMode[] = ['hybrid', 'semantic', 'lexical'];
const ORDERS = ['ascending', 'descending'];
export const TIERS: readonly SearchTier[] = ['lexical', 'static', 'contextual'];

export function requireWhole(value: number, what: string, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new MayflyError(
    'invalid-argument',
    `${what} must be a whole number, ${least} to ${most.toLocaleString('en')}`,
  );
}

/** Checks what of the options is a matter of the worker. */
export function toQueryOptions(
  options: SearchOptions,
): Pick<QueryRequest, 'k' | 'mode' | 'rerank' | 'lateInteraction'> {
  const { k = 10, mode = 'hybrid', rerank = 20, lateInteraction = 0 } = options;
  requireWhole(k, 'k', 1, MAX_RESULTS);
  requireWhole(rerank, 'rerank', 0, MAX_RERANKED);
  requireWhole(lateInteraction, 'lateInteraction', 0, 100);
  if (options.perGroup !== undefined) requireWhole(options.perGroup, 'perGroup', 1, 100);
  const { sort } = options;
  if (sort && (typeof sort.by !== 'string' || !ORDERS.includes(sort.order ?? 'ascending'))) {
    throw new MayflyError(
      'invalid-argument',
      'sort is { by: KEY, order: ascending or descending }',
    );
  }
  const place = MODES.indexOf(mode);
  if (place < 0) throw new MayflyError('invalid-argument', `mode is one of ${MODES.join(', ')}`);
  return { k, mode: place as QueryRequest['mode'], rerank, lateInteraction };
}

/** Numbers per hit in `SearchReply`, of which the first is the tier, and strings, the id first. */
const SCORES = 5;
export const NUMBERS = 7;
export const STRINGS = 5;

/** A reply of the worker as the caller gets it; metadata is parsed for the hits alone. */
export function toSearchResults<Metadata>(
  reply: SearchReply,
  final: boolean,
): SearchResults<Metadata> {
  let firstMatch = 0;
  const results = Array.from({ length: reply.scores.length / SCORES }, (_, hit) => {
    const matchCount = reply.numbers[hit * NUMBERS + NUMBERS - 1] as number;
    const matches = reply.matches.subarray(2 * firstMatch, 2 * (firstMatch + matchCount));
    firstMatch += matchCount;
    return toResult<Metadata>(reply, hit, matches);
  });
  return {
    results,
    tier: TIERS[reply.tier] as SearchTier,
    coverage: reply.size === 0 ? 1 : 1 - reply.pending / reply.size,
    final,
    reordered: false,
    truncated: reply.dropped > 0,
    dropped: reply.dropped,
    size: reply.size,
    elapsedMs: reply.elapsedMs,
    fingerprint: reply.fingerprint,
  };
}

function toResult<Metadata>(
  reply: SearchReply,
  hit: number,
  codePointMatches: Uint32Array,
): SearchResult<Metadata> {
  const [score, contextual, statically, lexical, groupBonus] = reply.scores.subarray(
    hit * SCORES,
  ) as unknown as [number, number, number, number, number];
  const numbers = reply.numbers.subarray(hit * NUMBERS, (hit + 1) * NUMBERS);
  const strings = reply.strings.slice(hit * STRINGS, (hit + 1) * STRINGS);
  const [id, text, metadata, title, headings] = strings as [string, string, string, string, string];
  const [begin, snippetBegin, snippetEnd, end] = toUtf16Places(text, numbers.subarray(2, 6)) as [
    number,
    number,
    number,
    number,
  ];
  const places = toUtf16Places(text, codePointMatches);
  const matches: TextRange[] = [];
  for (let i = 0; i < places.length; i += 2) {
    const from = (places[i] as number) - snippetBegin;
    const to = (places[i + 1] as number) - snippetBegin;
    if (from >= 0 && to <= snippetEnd - snippetBegin) matches.push([from, to]);
  }
  return {
    id,
    title,
    headings: headings === '' ? [] : headings.split('\n'),
    text,
    score,
    groupBonus,
    scores: { contextual, static: statically, lexical },
    tier: TIERS[numbers[0] as number] as SearchTier,
    passage: [begin, end],
    snippet: { text: text.slice(snippetBegin, snippetEnd), matches },
    metadata: parseMetadata(metadata) as Metadata,
    dropped: numbers[1] as number,
  };
}
