// SPDX-License-Identifier: Apache-2.0
import {
  withObject,
  type CoreCollection,
  type CoreDocumentJob,
  type CoreEmbedJob,
  type CoreJob,
  type CoreModule,
} from '../core/core.js';
import { packStrings } from '../core/packed-strings.js';
import { DOCUMENT_PARTS } from '../documents.js';
import type { Calls } from '../protocol/messages.js';
import type { Models } from './models.js';
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
  models: Models;
  collection(number: number): CoreCollection;
}

export const laneOf = (collection: number) => `collection ${collection}`;

/** Starts its job in the first step: what waits in line holds no memory of the core. */
abstract class JobTask<Job extends CoreJob> {
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
    const { core, models } = this.shop;
    return withObject(
      packStrings(core, this.request.texts),
      (texts) => new core.EmbedJob(models.best, texts),
    );
  }

  reply(): Calls['embed']['reply'] {
    const job = this.finished;
    return { vectors: job.vectors(), tokens: job.tokenCounts(), dropped: job.dropped() };
  }
}

/** Embeds documents for a collection of another worker. */
export class EmbedDocumentsTask extends JobTask<CoreDocumentJob> implements ReplyingTask {
  constructor(
    id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['embedDocuments']['request'],
  ) {
    super(id, `embed ${id}`, false);
  }

  protected begin(): CoreDocumentJob {
    const { core, models } = this.shop;
    return withObject(
      packStrings(core, this.request.documents),
      (documents) => new core.DocumentJob(models.best, documents),
    );
  }

  reply(): Calls['embedDocuments']['reply'] {
    return { vectors: this.finished.vectors(), counts: this.finished.counts() };
  }
}

export class IngestTask extends JobTask<CoreJob> implements ReplyingTask {
  constructor(
    id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['ingest']['request'],
  ) {
    super(id, laneOf(request.collection), false);
  }

  protected begin(): CoreJob {
    const { core } = this.shop;
    const collection = this.shop.collection(this.request.collection);
    return withObject(
      packStrings(core, this.request.documents),
      (documents) => new core.IngestJob(collection, documents, this.request.update),
    );
  }

  progress(): { completed: number; total: number } {
    const total = this.request.documents.length / DOCUMENT_PARTS;
    return { completed: this.job?.completed() ?? 0, total };
  }

  reply(): null {
    return null;
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
