// SPDX-License-Identifier: Apache-2.0
import type { CollectionHost } from './collection-host.js';
import { requireString } from './documents.js';
import { MayflyError } from './errors.js';
import type { Filler } from './filler.js';
import { filterToJson } from './filter.js';
import type { SearchOptions, SearchTier } from './options.js';
import type { QueryRequest, SearchReply } from './protocol/messages.js';
import { fold, group } from './result-order.js';
import type { SearchResults } from './results.js';
import type { SearchSource } from './search.js';
import { TIERS, toQueryOptions, toSearchResults } from './search-results.js';

/** Candidates that the worker is asked for per group or folded result: many share one. */
const CANDIDATES_PER_RESULT = 8;
const MOST_CANDIDATES = 10_000;

/** One query to one collection: which tiers can answer it, and what becomes of the answers. */
export class QuerySource<Metadata> implements SearchSource<Metadata> {
  readonly #request: Omit<QueryRequest, 'tier'>;

  /** `send` asks the worker when the query's turn has come. */
  constructor(
    private readonly host: CollectionHost,
    private readonly filler: Filler,
    private readonly options: SearchOptions,
    collection: number,
    query: string,
    private readonly send: (request: QueryRequest) => Promise<SearchReply>,
  ) {
    this.#request = {
      collection,
      query: requireString(query, 'query'),
      filter: filterToJson(options.filter),
      ...toQueryOptions(options),
    };
  }

  tiers(): SearchTier[] {
    if (this.#request.mode === 2) return ['lexical'];
    const vectors = this.host.vectorTiers.map((tier) => TIERS[tier] as SearchTier);
    if (this.#request.mode === 0) return ['lexical', ...vectors];
    if (vectors.length > 0) return vectors;
    throw new MayflyError(
      'model-unavailable',
      'a semantic search needs a model, and none is loaded yet; await engine.ready, or search in ' +
        'hybrid mode',
    );
  }

  async ask(tier: SearchTier): Promise<SearchResults<Metadata>> {
    const { k } = this.#request;
    const { groupBy, perGroup = 3, fold: folds = false } = this.options;
    const spread = groupBy !== undefined || folds;
    const reply = await this.send({
      ...this.#request,
      k: spread ? Math.min(k * CANDIDATES_PER_RESULT, MOST_CANDIDATES) : k,
      tier: TIERS.indexOf(tier) as QueryRequest['tier'],
    });
    const best = this.tiers().at(-1) === tier;
    const final = best && !this.host.loading && (reply.pending === 0 || !this.filler.busy);
    const answer = toSearchResults<Metadata>(reply, final);
    if (!spread) return answer;
    const folded = folds ? fold(answer.results) : answer.results;
    const grouped = groupBy === undefined ? folded : group(folded, groupBy, perGroup);
    return { ...answer, results: grouped.slice(0, k) };
  }

  better(): Promise<boolean> {
    return this.filler.news(this.options.signal);
  }
}
