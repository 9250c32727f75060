// SPDX-License-Identifier: Apache-2.0
import { parseMetadata } from './documents.js';
import { MayflyError } from './errors.js';
import type { Calls } from './protocol/messages.js';
import type { SearchResults } from './results.js';

const MAX_RESULTS = 10_000;

export function requireResultCount(k: number): void {
  if (Number.isInteger(k) && k >= 1 && k <= MAX_RESULTS) return;
  throw new MayflyError('invalid-argument', `k must be a whole number, 1 to ${MAX_RESULTS}`);
}

/** A reply of the worker as the caller gets it; metadata is parsed for the hits alone. */
export function toSearchResults<Metadata>(
  reply: Calls['search']['reply'],
  fingerprint: string,
): SearchResults<Metadata> {
  const results = Array.from(reply.scores, (score, hit) => ({
    id: reply.strings[3 * hit] as string,
    score,
    text: reply.strings[3 * hit + 1] as string,
    metadata: parseMetadata(reply.strings[3 * hit + 2] as string) as Metadata,
    dropped: reply.hitsDropped[hit] as number,
  }));
  return {
    results,
    truncated: reply.dropped > 0,
    dropped: reply.dropped,
    size: reply.size,
    elapsedMs: reply.elapsedMs,
    fingerprint,
  };
}
