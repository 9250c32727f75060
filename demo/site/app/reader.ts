// SPDX-License-Identifier: Apache-2.0
import { MayflyError, type Collection } from 'mayfly';
import type { Passage, PassageInfo } from './corpus.js';

/** Passages per call: a batch is searchable when it is done, in about a second. */
const BATCH_SIZE = 32;
const MAX_CRASHES = 3;

export interface ReadingEvents {
  /** Passages understood so far, those of the running batch included. */
  progress(completed: number): void;
  /** A batch became searchable. */
  grown(): void;
  done(): void;
  failed(error: unknown): void;
}

/** Adds the corpus to the collection in batches. Can be paused: nothing that was finished is lost. */
export class Reader {
  #added = 0;
  #running: AbortController | undefined;
  #workedMs = 0;

  constructor(
    private readonly collection: Collection<PassageInfo>,
    private readonly passages: readonly Passage[],
    private readonly events: ReadingEvents,
  ) {}

  get paused(): boolean {
    return this.#running === undefined && !this.finished;
  }

  get finished(): boolean {
    return this.#added === this.passages.length;
  }

  /** Passages per second of the batches so far; 0 before the first. */
  get rate(): number {
    return this.#workedMs > 0 ? (1000 * this.#added) / this.#workedMs : 0;
  }

  pause(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async resume(): Promise<void> {
    if (this.#running || this.finished) return;
    const controller = new AbortController();
    this.#running = controller;
    try {
      while (!this.finished) await this.#addBatch(controller.signal);
      this.#running = undefined;
      this.events.done();
    } catch (error) {
      if (controller.signal.aborted) return this.events.progress(this.#added);
      this.#running = undefined;
      this.events.failed(error);
    }
  }

  async #addBatch(signal: AbortSignal): Promise<void> {
    const batch = this.passages.slice(this.#added, this.#added + BATCH_SIZE);
    const begin = performance.now();
    for (let crashes = 0; ; crashes++) {
      try {
        await this.collection.add(batch, {
          signal,
          onProgress: ({ completed }) => this.events.progress(this.#added + completed),
        });
        break;
      } catch (error) {
        const crashed = error instanceof MayflyError && error.code === 'worker-crashed';
        // The next call starts a fresh worker, which first gets back what it had.
        if (!crashed || crashes >= MAX_CRASHES) throw error;
      }
    }
    this.#workedMs += performance.now() - begin;
    this.#added += batch.length;
    this.events.progress(this.#added);
    this.events.grown();
  }
}
