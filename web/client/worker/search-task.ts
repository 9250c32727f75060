// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreEmbedJob, type CoreObject } from '../core/core.js';
import { packStrings, unpackStrings } from '../core/packed-strings.js';
import type { Calls, QueryRequest, SearchReply, VectorTier } from '../protocol/messages.js';
import { laneOf, type ReplyingTask, type Workshop } from './tasks.js';

/** Embeds the query, and what waits of the best candidates, and searches. */
export class SearchTask implements ReplyingTask {
  readonly interactive = true;
  readonly lane: string;
  readonly #owned: CoreObject[] = [];
  readonly #work: Generator<void, SearchReply>;
  #budgetMs = 0;
  #reply: SearchReply | undefined;

  constructor(
    readonly id: number,
    private readonly shop: Workshop,
    private readonly request: QueryRequest,
  ) {
    this.lane = laneOf(request.collection);
    this.#work = this.#run();
  }

  step(budgetMs: number): boolean {
    this.#budgetMs = budgetMs;
    const { done, value } = this.#work.next();
    if (done) this.#reply = value;
    return done === true;
  }

  reply(): Calls['search']['reply'] {
    return this.#reply as SearchReply;
  }

  release(): void {
    for (const object of this.#owned.splice(0)) object.delete();
  }

  *#run(): Generator<void, SearchReply> {
    const startedAt = performance.now();
    const { core, models } = this.shop;
    const { query, filter, k, mode, rerank } = this.request;
    const packed = this.#own(packStrings(core, [query, filter]));
    // The transformer's tokenizer says what of the query was not read; the static tier reads it all.
    const early = yield* this.#embed(1);
    const late = yield* this.#embed(2);
    const collection = this.shop.collection(this.request.collection);
    if (late && rerank > 0 && collection.pendingCount(2) > 0) {
      const job = this.#own(core.FillJob.candidates(collection, packed, mode, early, rerank));
      while (!job.step(this.#budgetMs)) yield;
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

  /** The query's vector, where this tier has a model and may answer. */
  *#embed(tier: VectorTier): Generator<void, CoreEmbedJob | null> {
    const { core, models } = this.shop;
    const model = models.get(tier);
    if (!model || tier > this.request.tier || this.request.mode === 2) return null;
    const job = withObject(packStrings(core, [this.request.query]), (text) =>
      this.#own(new core.EmbedJob(model, text)),
    );
    while (!job.step(this.#budgetMs)) yield;
    return job;
  }

  #own<T extends CoreObject>(object: T): T {
    this.#owned.push(object);
    return object;
  }
}
