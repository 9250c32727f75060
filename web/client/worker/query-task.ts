// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreEmbedJob, type CoreObject } from '../core/core.js';
import { packStrings } from '../core/packed-strings.js';
import type { QueryRequest, VectorTier } from '../protocol/messages.js';
import { laneOf, type ReplyingTask, type Workshop } from './tasks.js';

/** Work for somebody who waits, written as a generator that yields when its slice is over. */
export abstract class QueryTask<
  Request extends QueryRequest,
  Reply,
> implements ReplyingTask<Reply> {
  readonly interactive = true;
  readonly lane: string;
  readonly #owned: CoreObject[] = [];
  #work: Generator<void, Reply> | undefined;
  #reply: Reply | undefined;
  protected budgetMs = 0;

  constructor(
    readonly id: number,
    protected readonly shop: Workshop,
    protected readonly request: Request,
  ) {
    this.lane = laneOf(request.collection);
  }

  protected abstract run(): Generator<void, Reply>;

  step(budgetMs: number): boolean {
    this.budgetMs = budgetMs;
    this.#work ??= this.run();
    const { done, value } = this.#work.next();
    if (done) this.#reply = value;
    return done === true;
  }

  reply(): Reply {
    return this.#reply as Reply;
  }

  release(): void {
    for (const object of this.#owned.splice(0)) object.delete();
  }

  /** The query's vector, where this tier has a model and may answer. */
  protected *embed(tier: VectorTier): Generator<void, CoreEmbedJob | null> {
    const { core, models } = this.shop;
    const model = models.get(tier);
    if (!model || tier > this.request.tier || this.request.mode === 2) return null;
    const job = withObject(packStrings(core, [this.request.query]), (text) =>
      this.own(new core.EmbedJob(model, text)),
    );
    while (!job.step(this.budgetMs)) yield;
    return job;
  }

  /** Frees the last of what is owned before the task ends. */
  protected free(count: number): void {
    for (const object of this.#owned.splice(-count)) object.delete();
  }

  protected own<T extends CoreObject>(object: T): T {
    this.#owned.push(object);
    return object;
  }
}
