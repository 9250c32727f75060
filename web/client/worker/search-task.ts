// SPDX-License-Identifier: Apache-2.0
import { packStrings, unpackStrings } from '../core/packed-strings.js';
import type { QueryRequest, SearchReply } from '../protocol/messages.js';
import { QueryTask } from './query-task.js';

/** Embeds the query, and what waits of the best candidates, and searches. */
export class SearchTask extends QueryTask<QueryRequest, SearchReply> {
  protected *run(): Generator<void, SearchReply> {
    const startedAt = performance.now();
    const { core, models } = this.shop;
    const { query, filter, k, mode, rerank, groupBy } = this.request;
    const packed = this.own(packStrings(core, [query, filter, groupBy]));
    // The transformer's tokenizer says what of the query was not read; the static tier reads it all.
    const early = yield* this.embed(1);
    const late = yield* this.embed(2);
    const collection = this.shop.collection(this.request.collection);
    if (late && rerank > 0 && collection.pendingCount(2) > 0) {
      const job = this.own(core.FillJob.candidates(collection, packed, mode, early, rerank));
      while (!job.step(this.budgetMs)) yield;
    }
    const { strings, ...hits } = collection.search(packed, k, mode, early, late);
    const tier = late ? 2 : early ? 1 : 0;
    return {
      ...hits,
      strings: unpackStrings(strings),
      dropped: (late ?? early)?.dropped()[0] ?? 0,
      tier,
      size: collection.size(),
      pending: tier === 0 ? 0 : collection.pendingCount(tier),
      elapsedMs: performance.now() - startedAt,
      fingerprint: tier === 0 ? '' : (models.get(tier)?.info().fingerprint ?? ''),
    };
  }
}
