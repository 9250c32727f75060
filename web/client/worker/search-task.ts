// SPDX-License-Identifier: Apache-2.0
import { packStrings, unpackStrings } from '../core/packed-strings.js';
import { TOKEN_SCORE } from '../explanation.js';
import type { QueryRequest, SearchReply } from '../protocol/messages.js';
import { NUMBERS, STRINGS } from '../search-results.js';
import { QueryTask } from './query-task.js';

/** Embeds the query, and what waits of the best candidates, and searches. */
export class SearchTask extends QueryTask<QueryRequest, SearchReply> {
  protected *run(): Generator<void, SearchReply> {
    const startedAt = performance.now();
    const { core, models } = this.shop;
    const { query, filter, k, mode, rerank, groupBy, lateInteraction } = this.request;
    const packed = this.own(packStrings(core, [query, filter, groupBy]));
    // The transformer's tokenizer says what of the query was not read; the static tier reads it all.
    const early = yield* this.embed(1);
    const late = yield* this.embed(2);
    const collection = this.shop.collection(this.request.collection);
    if (late && rerank > 0 && collection.pendingCount(2) > 0) {
      const job = this.own(core.FillJob.candidates(collection, packed, mode, early, rerank));
      while (!job.step(this.budgetMs)) yield;
    }
    const { strings: packedStrings, ...hits } = collection.search(packed, k, mode, early, late);
    const strings = unpackStrings(packedStrings);
    const tokenScores: number[] = [];
    const isRead = (hit: number) => hits.numbers[hit * NUMBERS] === 2;
    while (tokenScores.length < lateInteraction && isRead(tokenScores.length)) {
      const id = strings[tokenScores.length * STRINGS] as string;
      const asked = this.own(packStrings(core, [query, filter, id]));
      const job = this.own(new core.ExplainJob(collection, asked, mode, early, late));
      while (!job.step(this.budgetMs)) yield;
      tokenScores.push(job.result().scores[TOKEN_SCORE] as number);
      this.free(2);
    }
    const tier = late ? 2 : early ? 1 : 0;
    return {
      ...hits,
      strings,
      tokenScores,
      dropped: (late ?? early)?.dropped()[0] ?? 0,
      tier,
      size: collection.size(),
      pending: tier === 0 ? 0 : collection.pendingCount(tier),
      elapsedMs: performance.now() - startedAt,
      fingerprint: tier === 0 ? '' : (models.get(tier)?.info().fingerprint ?? ''),
    };
  }
}
