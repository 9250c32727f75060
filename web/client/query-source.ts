// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import type { CollectionHost } from './collection-host.js';
import { requireString } from './documents.js';
import { MayflyError } from './errors.js';
import type { Filler } from './filler.js';
import { filterToJson } from './filter.js';
import type { SearchOptions, SearchTier } from './options.js';
import type { QueryRequest, SearchReply } from './protocol/messages.js';
import { fold, group, interact, sortBy, weigh } from './result-order.js';
import type { SearchResults } from './results.js';
import type { SearchSource } from './search.js';
import { TIERS, toQueryOptions, toSearchResults } from './search-results.js';

/** Candidates that the worker is asked for per result, where many share one or others may pass it. */
const CANDIDATES_PER_RESULT = 8;
const MOST_CANDIDATES = 10_000;

/** What is asked of which collection. */
export interface AskedQuery {
  readonly collection: number;
  readonly text: string;
  /** Id of a document that is left out. */
  readonly without?: string | undefined;
}

/** Checks the query, and what of the options is a matter of the worker. */
export function toQueryRequest(
  collection: number,
  query: string,
  options: SearchOptions,
): Omit<QueryRequest, 'tier'> {
  return {
    collection,
    query: requireString(query, 'query'),
    filter: filterToJson(options.filter),
    ...toQueryOptions(options),
    groupBy: options.groupBy ?? '',
  };
}

/** One query to one collection: which tiers can answer it, and what becomes of the answers. */
export class QuerySource<Metadata> implements SearchSource<Metadata> {
  readonly #request: Omit<QueryRequest, 'tier'>;
  /** Of the filler, when the tiers of the last answers were known. */
  #version = -1;
  #wake = () => {};

  /** `send` asks the worker when the query's turn has come. */
  constructor(
    private readonly host: CollectionHost,
    private readonly filler: Filler,
    private readonly options: SearchOptions,
    private readonly query: AskedQuery,
    private readonly send: (request: QueryRequest) => Promise<SearchReply>,
  ) {
    this.#request = toQueryRequest(query.collection, query.text, options);
  }

  /** Of the living worker: a fresh one has fewer models than its predecessor, for a while. */
  async tiers(): Promise<SearchTier[]> {
    const { signal } = this.options;
    signal?.throwIfAborted();
    this.#version = this.filler.version;
    await abortable(this.host.connect(), signal);
    const tiers = this.#tiers;
    if (tiers.length > 0) return tiers;
    throw new MayflyError(
      'model-unavailable',
      'a semantic search needs a model, and none is loaded yet; await engine.ready, or search in ' +
        'hybrid mode',
    );
  }

  async ask(tier: SearchTier): Promise<SearchResults<Metadata>> {
    const { k } = this.#request;
    const { groupBy, perGroup = 3, fold: folds = false, sort, weightBy } = this.options;
    const { without } = this.query;
    const several = folds || (groupBy ?? weightBy) !== undefined;
    const candidates = several ? k * CANDIDATES_PER_RESULT : k;
    const reply = await this.send({
      ...this.#request,
      k: Math.min(candidates + (without === undefined ? 0 : 1), MOST_CANDIDATES),
      tier: TIERS.indexOf(tier) as QueryRequest['tier'],
    });
    const answer = toSearchResults<Metadata>(reply, this.#isFinal(tier, reply));
    const results = interact(answer.results, reply.tokenScores);
    const others = results.filter(({ id }) => id !== without);
    const weighed = weightBy === undefined ? others : weigh(others, weightBy);
    const folded = folds ? fold(weighed) : weighed;
    const grouped = groupBy === undefined ? folded : group(folded, groupBy, perGroup);
    const best = grouped.slice(0, k);
    return { ...answer, results: sort ? sortBy(best, sort) : best };
  }

  async better(): Promise<boolean> {
    if (this.filler.version !== this.#version) return true;
    if (!this.filler.busy) return false;
    await this.filler.listen(this.options.signal, (wake) => (this.#wake = wake));
    return true;
  }

  async woken(): Promise<boolean> {
    let woken = false;
    const handOut = (wake: () => void) => {
      this.#wake = () => {
        woken = true;
        wake();
      };
    };
    while (!woken && !this.filler.ended) await this.filler.listen(this.options.signal, handOut);
    return woken;
  }

  wake(): void {
    this.#wake();
  }

  #isFinal(tier: SearchTier, { pending }: SearchReply): boolean {
    if (this.#request.mode === 2) return true;
    if (this.#tiers.at(-1) !== tier || this.host.loading) return false;
    return pending === 0 || !this.filler.busy;
  }

  /** None, where there is no model for a semantic search. */
  get #tiers(): SearchTier[] {
    if (this.#request.mode === 2) return ['lexical'];
    const vectors = this.host.vectorTiers.map((tier) => TIERS[tier] as SearchTier);
    return this.#request.mode === 0 ? ['lexical', ...vectors] : vectors;
  }
}
