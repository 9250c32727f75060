// SPDX-License-Identifier: Apache-2.0
import { withObject, type CoreBuffer } from '../core/core.js';
import { packStrings } from '../core/packed-strings.js';
import type { SuppliedVectors } from '../protocol/messages.js';
import { IngestTask } from './tasks.js';

/** Takes the vectors of its documents from messages instead of embedding them. */
export class SuppliedIngestTask extends IngestTask {
  /** Vectors that have arrived and were not taken yet. */
  #arrived: SuppliedVectors[] = [];

  /** Its first step, which checks the documents, waits for nothing. */
  get waiting(): boolean {
    return this.job !== undefined && this.#arrived.length === 0;
  }

  supply(part: SuppliedVectors): void {
    this.#arrived.push(part);
  }

  override step(budgetMs: number): boolean {
    this.job ??= this.begin();
    const part = this.#arrived.shift();
    if (part) this.#take(part);
    return this.job.step(budgetMs);
  }

  override release(): void {
    for (const { vectors } of this.#arrived) vectors.fill(0);
    this.#arrived = [];
    super.release();
  }

  #take({ fingerprint, vectors, dropped }: SuppliedVectors): void {
    const { core } = this.shop;
    const copyIn = (values: Float32Array | Uint32Array): CoreBuffer => {
      const buffer = new core.Buffer(values.byteLength);
      buffer.view().set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return buffer;
    };
    try {
      withObject(packStrings(core, [fingerprint]), (name) =>
        withObject(copyIn(vectors), (values) =>
          withObject(copyIn(dropped), (counts) => this.finished.supply(name, values, counts)),
        ),
      );
    } finally {
      // This copy lies outside the memory that the core zeroes.
      vectors.fill(0);
    }
  }
}
