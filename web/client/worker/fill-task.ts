// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreBuffer, type CoreFillJob } from '../core/core.js';
import { packStrings } from '../core/packed-strings.js';
import type { Calls, FillProgress, SuppliedVectors } from '../protocol/messages.js';
import type { ReplyingTask, Workshop } from './tasks.js';

/** Beside the changes of the collection: documents can be added while others are embedded. */
export const fillLaneOf = (collection: number, tier: number) =>
  `collection ${collection} tier ${tier}`;

/** Gives documents their vectors: embeds them here, or takes them from messages. */
export class FillTask implements ReplyingTask {
  readonly interactive = false;
  readonly lane: string;
  #job: CoreFillJob | undefined;
  /** Vectors that have arrived and were not taken yet. */
  #arrived: SuppliedVectors[] = [];

  constructor(
    readonly id: number,
    private readonly shop: Workshop,
    private readonly request: Calls['fill']['request'],
  ) {
    this.lane = fillLaneOf(request.collection, request.tier);
  }

  /** Its first step, which finds the documents, waits for nothing. */
  get waiting(): boolean {
    return this.request.supplied && this.#job !== undefined && this.#arrived.length === 0;
  }

  supply(part: SuppliedVectors): void {
    this.#arrived.push(part);
  }

  step(budgetMs: number): boolean {
    this.#job ??= this.#begin();
    if (!this.request.supplied) return this.#job.step(budgetMs);
    const part = this.#arrived.shift();
    return part ? this.#take(this.#job, part) : this.#job.size() === 0;
  }

  progress(): FillProgress {
    const collection = this.shop.collection(this.request.collection);
    return {
      completed: this.#job?.completed() ?? 0,
      total: this.#job?.size() ?? 0,
      size: collection.size(),
      pending: collection.pendingCount(this.request.tier),
    };
  }

  reply(): Calls['fill']['reply'] {
    return { truncated: this.#job?.truncated() ?? 0 };
  }

  release(): void {
    for (const { vectors } of this.#arrived) vectors.fill(0);
    this.#arrived = [];
    this.#job?.delete();
    this.#job = undefined;
  }

  #begin(): CoreFillJob {
    const { core } = this.shop;
    const { tier, ids } = this.request;
    const collection = this.shop.collection(this.request.collection);
    if (!ids) return core.FillJob.all(collection, tier);
    return withObject(packStrings(core, ids), (packed) =>
      core.FillJob.of(collection, tier, packed),
    );
  }

  #take(job: CoreFillJob, { fingerprint, vectors, counts }: SuppliedVectors): boolean {
    const { core } = this.shop;
    const copyIn = (values: Float32Array | Uint32Array): CoreBuffer => {
      const buffer = new core.Buffer(values.byteLength);
      buffer.view().set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return buffer;
    };
    try {
      return withObject(packStrings(core, [fingerprint]), (name) =>
        withObject(copyIn(vectors), (values) =>
          withObject(copyIn(counts), (numbers) => job.supply(name, values, numbers)),
        ),
      );
    } finally {
      // This copy lies outside the memory that the core zeroes.
      vectors.fill(0);
    }
  }
}
