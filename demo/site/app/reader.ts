// SPDX-License-Identifier: Apache-2.0
import { MayflyError, type Collection } from 'mayfly';
import type { Passage, PassageInfo } from './corpus.js';

/** Passages per call: a batch is searchable when it is done, in less than a second. */
const BATCH_SIZE = 16;
const MAX_CRASHES = 3;

export interface ReadingEvents {
  /** Passages understood so far, those of the running batch included. */
  progress(completed: number): void;
  /** A batch became searchable. */
  grown(): void;
  done(): void;
  failed(error: unknown): void;
}

/** Words long enough to say something, without their endings: "tickets" finds "ticket". */
function stems(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return words.map((word) => word.slice(0, Math.max(4, word.length - 2)));
}

/** Adds the corpus to the collection in batches. Can be paused: nothing that was finished is lost. */
export class Reader {
  #added = 0;
  /** What is left to read, next one first. */
  #queue: readonly Passage[];
  #running: AbortController | undefined;
  #workedMs = 0;

  constructor(
    private readonly collection: Collection<PassageInfo>,
    passages: readonly Passage[],
    private readonly events: ReadingEvents,
  ) {
    this.#queue = passages;
  }

  /**
   * Reads first what shares words with a question: whoever asks before everything is understood gets
   * the likeliest passages soon. The order of the rest stays.
   */
  prefer(question: string): void {
    const wanted = stems(question);
    const shared = ({ text }: Passage) => {
      const words = text.toLowerCase();
      return wanted.filter((stem) => words.includes(stem)).length;
    };
    this.#queue = this.#queue
      .map((passage) => ({ passage, rank: shared(passage) }))
      .sort((a, b) => b.rank - a.rank)
      .map(({ passage }) => passage);
  }

  get paused(): boolean {
    return this.#running === undefined && !this.finished;
  }

  get finished(): boolean {
    return this.#queue.length === 0;
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
    const batch = this.#queue.slice(0, BATCH_SIZE);
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
    const read = new Set(batch);
    this.#queue = this.#queue.filter((passage) => !read.has(passage));
    this.events.progress(this.#added);
    this.events.grown();
  }
}
