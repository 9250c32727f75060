// SPDX-License-Identifier: Apache-2.0
import type { SearchTier } from './options.js';
import { hold } from './result-order.js';
import type { SearchResult, SearchResults } from './results.js';

/** Who answers: a collection, for one query. */
export interface SearchSource<M> {
  /** The tiers that can answer now, worst first; at least one. */
  tiers(): Promise<SearchTier[]>;
  ask(tier: SearchTier): Promise<SearchResults<M>>;
  /** Resolves when a better answer than the last may be had, or `wake` was called; false: never. */
  better(): Promise<boolean>;
  /** Resolves when `wake` was called; false when the source has ended. */
  woken(): Promise<boolean>;
  wake(): void;
}

/**
 * A search that was asked for. Await it for the best answer that can be had without waiting for
 * background work; iterate over it for answers that improve: by words, by the static model, by the
 * transformer on the best candidates, and as it gets to know the rest.
 *
 * ```ts
 * for await (const { results, tier, coverage, final } of collection.search('sign in')) show(results);
 * ```
 *
 * It ends after the final answer; with `hold`, once that is shown in its own order. Leaving the loop
 * ends it at any time.
 */
export class Search<Metadata = unknown>
  implements Promise<SearchResults<Metadata>>, AsyncIterable<SearchResults<Metadata>>
{
  /** As promises have it. */
  readonly [Symbol.toStringTag] = 'Search';
  /** What is wrong with the arguments is said when the answer is asked for. */
  readonly #makeSource: () => SearchSource<Metadata>;
  readonly #hold: boolean;
  #answer: Promise<SearchResults<Metadata>> | undefined;
  /** While iterating. */
  #source: SearchSource<Metadata> | undefined;
  /** The same with `hold`: what was shown, and the answer that it was made of. */
  #shown: readonly SearchResult<Metadata>[] = [];
  #best: SearchResults<Metadata> | undefined;
  /** A better order than the shown one is known. */
  #held = false;
  /** That order is asked for. */
  #released = false;
  #iterated = false;

  /** @internal */
  constructor(makeSource: () => SearchSource<Metadata>, holds: boolean) {
    this.#makeSource = makeSource;
    this.#hold = holds;
    // Whoever iterates does so at once; for whom it is a promise the work begins now.
    queueMicrotask(() => {
      if (!this.#iterated) this.#once().catch(() => {});
    });
  }

  /** As of every promise: the best answer that can be had now. */
  then<Result = SearchResults<Metadata>, Failure = never>(
    onFulfilled?: ((results: SearchResults<Metadata>) => Result | PromiseLike<Result>) | null,
    // As of every promise.
    onRejected?: ((reason: any) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#once().then(onFulfilled, onRejected);
  }

  /** As of every promise. */
  catch<Failure = never>(
    onRejected?: ((reason: any) => Failure | PromiseLike<Failure>) | null,
  ): Promise<SearchResults<Metadata> | Failure> {
    return this.#once().catch(onRejected);
  }

  /** As of every promise. */
  finally(onFinally?: (() => void) | null): Promise<SearchResults<Metadata>> {
    return this.#once().finally(onFinally);
  }

  /** With `hold`: the next answer comes in its own order, at once where one is known. */
  release(): void {
    this.#shown = [];
    this.#released = true;
    this.#source?.wake();
  }

  /** Answers that improve, the last of them `final`. */
  [Symbol.asyncIterator](): AsyncGenerator<SearchResults<Metadata>, void, undefined> {
    this.#iterated = true;
    return this.#improve();
  }

  async *#improve(): AsyncGenerator<SearchResults<Metadata>, void, undefined> {
    const source = this.#makeSource();
    this.#source = source;
    let last: SearchResults<Metadata> | undefined;
    const asked = new Set<SearchTier>();
    for (;;) {
      const tiers = await source.tiers();
      const best = tiers.at(-1) as SearchTier;
      for (const tier of tiers) {
        // Later rounds ask the best tier again, which knows more documents by then.
        if (asked.has(tier) && tier !== best) continue;
        asked.add(tier);
        const answer = await source.ask(tier);
        if (last && !answer.final && sameAnswer(last, answer)) continue;
        last = answer;
        yield this.#present(answer);
      }
      const final = last?.final === true;
      do {
        if (this.#released && this.#best) yield this.#present(this.#best);
        if (final && !this.#held) return;
        if (!(await (final ? source.woken() : source.better()))) return;
      } while (final || this.#released);
    }
  }

  #present(answer: SearchResults<Metadata>): SearchResults<Metadata> {
    if (!this.#hold) return answer;
    this.#best = answer;
    this.#released = false;
    const presented = hold(this.#shown, answer);
    this.#shown = presented.results;
    this.#held = presented.reordered;
    return presented;
  }

  #once(): Promise<SearchResults<Metadata>> {
    this.#answer ??= (async () => {
      const source = this.#makeSource();
      const tiers = await source.tiers();
      return source.ask(tiers.at(-1) as SearchTier);
    })();
    return this.#answer;
  }
}

/** Nothing that a reader would see has changed. */
function sameAnswer<M>(a: SearchResults<M>, b: SearchResults<M>): boolean {
  return (
    a.tier === b.tier &&
    a.results.length === b.results.length &&
    a.results.every(({ id }, place) => b.results[place]?.id === id)
  );
}
