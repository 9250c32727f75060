// SPDX-License-Identifier: Apache-2.0
import type { Collection, Mayfly, SearchMode } from 'mayfly';

/** Milliseconds, as the page sees them. */
export interface Timing {
  /** All sentences to vectors; undefined for words, which have none. */
  readonly embed: number | undefined;
  readonly search: number;
}

const ROUNDS = 5;

/** The median of `ROUNDS`, after one that does not count. */
async function time(work: () => PromiseLike<unknown>, signal: AbortSignal): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    signal.throwIfAborted();
    const begin = performance.now();
    await work();
    if (round > 0) times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}

/** `collection` holds the sentences already, with their vectors. */
export async function measure(
  engine: Mayfly,
  collection: Collection,
  mode: SearchMode,
  { texts, query, signal }: { texts: readonly string[]; query: string; signal: AbortSignal },
): Promise<Timing> {
  const embed =
    mode === 'lexical' ? undefined : await time(() => engine.embed(texts, { signal }), signal);
  return { embed, search: await time(() => collection.search(query, { mode, signal }), signal) };
}
