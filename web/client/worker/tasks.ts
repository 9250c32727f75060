// SPDX-License-Identifier: Apache-2.0
import {
  withObject,
  type CoreCollection,
  type CoreEmbedJob,
  type CoreIngestJob,
  type CoreModel,
  type CoreModule,
} from '../core/core.js';
import { packStrings, unpackStrings } from '../core/packed-strings.js';
import type { Calls } from '../protocol/messages.js';
import type { Task } from './scheduler.js';

/** A task whose reply is known after its last step. */
export interface ReplyingTask<Reply = unknown> extends Task {
  reply(): Reply;
  /** For long work: units done and in all. */
  progress?(): { completed: number; total: number };
}

/** The objects that tasks work on. */
export interface Workshop {
  core: CoreModule;
  model: CoreModel;
  collection(number: number): CoreCollection;
}

export const laneOf = (collection: number) => `collection ${collection}`;

/** Starts its job in the first step: what waits in line holds no memory of the core. */
abstract class JobTask<Job extends CoreEmbedJob | CoreIngestJob> {
  protected job: Job | undefined;
  constructor(
    readonly id: number,
    readonly lane: string,
    readonly interactive: boolean,
  ) {}

  protected abstract begin(): Job;

  step(budgetMs: number): boolean {
    this.job ??= this.begin();
    return this.job.step(budgetMs);
  }

  release(): void {
    this.job?.delete();
    this.job = undefined;
  }

  protected get finished(): Job {
    return this.job as Job;
  }
}

export class EmbedTask extends JobTask<CoreEmbedJob> implements ReplyingTask {
  constructor(
    id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['embed']['request'],
  ) {
    super(id, `embed ${id}`, request.interactive);
  }

  protected begin(): CoreEmbedJob {
    const { core, model } = this.shop;
    return withObject(
      packStrings(core, this.request.texts),
      (texts) => new core.EmbedJob(model, texts),
    );
  }

  reply(): Calls['embed']['reply'] {
    const job = this.finished;
    return { vectors: job.vectors(), tokens: job.tokenCounts(), dropped: job.dropped() };
  }
}

export class SearchTask extends JobTask<CoreEmbedJob> implements ReplyingTask {
  #startedAt = 0;
  constructor(
    id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['search']['request'],
  ) {
    super(id, laneOf(request.collection), true);
  }

  protected begin(): CoreEmbedJob {
    this.#startedAt = performance.now();
    const { core, model } = this.shop;
    return withObject(
      packStrings(core, [this.request.query]),
      (query) => new core.EmbedJob(model, query),
    );
  }

  reply(): Calls['search']['reply'] {
    const collection = this.shop.collection(this.request.collection);
    const hits = collection.search(this.finished, this.request.k);
    return {
      scores: hits.scores,
      hitsDropped: hits.dropped,
      strings: unpackStrings(hits.strings),
      dropped: this.finished.dropped()[0] as number,
      size: collection.size(),
      elapsedMs: performance.now() - this.#startedAt,
    };
  }
}

export class IngestTask extends JobTask<CoreIngestJob> implements ReplyingTask {
  constructor(
    id: number,
    protected readonly shop: Workshop,
    private readonly request: Calls['ingest']['request'],
  ) {
    super(id, laneOf(request.collection), false);
  }

  protected begin(): CoreIngestJob {
    const { core } = this.shop;
    const collection = this.shop.collection(this.request.collection);
    return withObject(
      packStrings(core, this.request.documents),
      (documents) =>
        new core.IngestJob(
          collection,
          documents,
          this.request.update,
          this.request.supplied ?? false,
        ),
    );
  }

  progress(): { completed: number; total: number } {
    return { completed: this.job?.completed() ?? 0, total: this.request.documents.length / 3 };
  }

  reply(): Calls['ingest']['reply'] {
    return { truncated: this.finished.truncated() };
  }
}

/** One synchronous change that takes its turn in a collection's lane. */
export class ChangeTask<Reply> implements ReplyingTask<Reply> {
  readonly interactive = false;
  readonly lane: string;
  #reply: Reply | undefined;
  constructor(
    readonly id: number,
    collection: number,
    private readonly change: () => Reply,
  ) {
    this.lane = laneOf(collection);
  }

  step(): boolean {
    this.#reply = this.change();
    return true;
  }

  reply(): Reply {
    return this.#reply as Reply;
  }

  release(): void {}
}
