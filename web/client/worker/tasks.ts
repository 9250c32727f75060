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

/** Ids per call of the core: a word that all documents have makes each removal take a millisecond. */
const REMOVED_AT_ONCE = 8;

/** Removes documents in slices; once begun it is not given up, or nobody would know what is there. */
export class RemoveTask implements ReplyingTask {
  readonly interactive = false;
  readonly lane: string;
  #next = 0;
  #removed = 0;
  constructor(
    readonly id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['remove']['request'],
  ) {
    this.lane = laneOf(request.collection);
  }

  get begun(): boolean {
    return this.#next > 0;
  }

  step(budgetMs: number): boolean {
    const deadline = performance.now() + budgetMs;
    const { ids, collection } = this.request;
    const target = this.shop.collection(collection);
    do {
      const some = ids.slice(this.#next, this.#next + REMOVED_AT_ONCE);
      const packed = packStrings(this.shop.core, some);
      this.#removed += withObject(packed, (buffer) => target.remove(buffer));
      this.#next += REMOVED_AT_ONCE;
    } while (this.#next < ids.length && performance.now() < deadline);
    return this.#next >= ids.length;
  }

  reply(): Calls['remove']['reply'] {
    return { removed: this.#removed };
  }

  release(): void {}
}

/** Takes its turn in the collection's lane like every other change. */
export class ClearTask implements ReplyingTask<null> {
  readonly interactive = false;
  readonly lane: string;
  constructor(
    readonly id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['clear']['request'],
  ) {
    this.lane = laneOf(request.collection);
  }

  step(): boolean {
    this.shop.collection(this.request.collection).clear();
    return true;
  }

  reply(): null {
    return null;
  }

  release(): void {}
}
