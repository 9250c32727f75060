// SPDX-License-Identifier: Apache-2.0
import { abortable, either } from './abort.js';
import type { CollectionHost } from './collection-host.js';
import type { PackedDocument } from './documents.js';
import type { IngestProgress, ReadingProgress, SearchTier } from './options.js';
import type { Connection } from './protocol/connection.js';
import type { FillProgress, VectorTier } from './protocol/messages.js';
import { TIERS } from './search-results.js';

/** Milliseconds between two pieces of news: whoever listens asks the worker again. */
const NEWS_EVERY_MS = 300;

interface FillOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: IngestProgress) => void) | undefined;
}

/** The background work of one collection, and who waits for what it brings. */
export class Filler {
  readonly #running = new Set<Promise<unknown>>();
  readonly #listeners = new Set<() => void>();
  #lastNews = 0;
  /** Aborted to pause. */
  #pause = new AbortController();
  #resumed: { promise: Promise<void>; resolve(): void } | undefined;
  #version = 0;
  /** Of background work, since some of it last succeeded. */
  #failures = 0;
  /** Set by whoever can do something about it. */
  onBackgroundFailure: (inARow: number) => void = () => {};
  #ended = false;

  constructor(
    private readonly host: CollectionHost,
    private readonly collection: number,
    private readonly onReading?: ((progress: ReadingProgress) => void) | undefined,
  ) {}

  get paused(): boolean {
    return this.#resumed !== undefined;
  }

  /** What has been read stays; the rest waits for `resume`. */
  pause(): void {
    if (this.paused) return;
    let resolve = () => {};
    const promise = new Promise<void>((settle) => (resolve = settle));
    this.#resumed = { promise, resolve };
    this.#pause.abort();
  }

  resume(): void {
    this.#pause = new AbortController();
    this.#resumed?.resolve();
    this.#resumed = undefined;
  }

  /** Documents are being added or read, or a model is on its way. */
  get busy(): boolean {
    return !this.#ended && (this.#running.size > 0 || this.host.loading);
  }

  /** Counts the pieces of news: where it has changed, an answer may have too. */
  get version(): number {
    return this.#version;
  }

  /** The collection was disposed. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Has the loaded models read these documents (all that wait, where undefined), the fastest model
   * first. Returns how many of them are longer than the best one reads; progress is that one's.
   */
  fill(
    connection: Connection,
    documents: readonly PackedDocument[] | undefined,
    options: FillOptions = {},
    tiers: readonly VectorTier[] = this.host.vectorTiers,
  ): Promise<number> {
    const filling = this.#fillTiers(connection, documents, options, tiers);
    this.expect(filling);
    return filling;
  }

  /** Until it settles there is more to come: documents on their way to the worker, or their vectors. */
  expect(work: Promise<unknown>): void {
    const settled = work.then(
      () => {},
      () => {},
    );
    this.#running.add(settled);
    void settled.then(() => {
      this.#running.delete(settled);
      this.tell();
    });
  }

  /** The same for which nobody waits; `onBackgroundFailure` is told when it fails. */
  fillInBackground(...fill: Parameters<Filler['fill']>): void {
    this.fill(...fill).then(
      () => (this.#failures = 0),
      () => {
        this.#failures += 1;
        if (!this.#ended) this.onBackgroundFailure(this.#failures);
      },
    );
  }

  /** Resolves with the next piece of news, or when the `wake` that it hands out is called. */
  async listen(
    signal: AbortSignal | undefined,
    handOut: (wake: () => void) => void = () => {},
  ): Promise<void> {
    let listener = () => {};
    const news = new Promise<void>((resolve) => (listener = resolve));
    this.#listeners.add(listener);
    handOut(listener);
    try {
      await abortable(news, signal);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Resolves when nothing runs any more. */
  async idle(signal: AbortSignal | undefined): Promise<void> {
    while (this.busy) await this.listen(signal);
  }

  tell(): void {
    this.#version += 1;
    this.#lastNews = performance.now();
    for (const listener of [...this.#listeners]) listener();
  }

  end(): void {
    this.#ended = true;
    // Nobody waits for ever: what goes on now fails, because the collection is gone.
    this.resume();
    this.tell();
  }

  async #fillTiers(
    connection: Connection,
    documents: readonly PackedDocument[] | undefined,
    { signal, onProgress }: FillOptions,
    tiers: readonly VectorTier[],
  ): Promise<number> {
    let truncated = 0;
    for (const tier of tiers) {
      const report = tier === tiers.at(-1) ? onProgress : undefined;
      truncated = await this.#fillTier(connection, documents, { signal, onProgress: report }, tier);
    }
    if (tiers.length === 0 && documents) {
      onProgress?.({ completed: documents.length, total: documents.length });
    }
    return truncated;
  }

  /** Goes on after a pause with what was not read before it. */
  async #fillTier(
    connection: Connection,
    documents: readonly PackedDocument[] | undefined,
    { signal, onProgress }: FillOptions,
    tier: VectorTier,
  ): Promise<number> {
    let before = 0;
    for (;;) {
      if (this.#resumed) await abortable(this.#resumed.promise, signal);
      const pause = this.#pause.signal;
      let completed = 0;
      const rest = documents?.slice(before);
      const progress = (report: FillProgress) => {
        ({ completed } = report);
        const { size, pending } = report;
        onProgress?.({ completed: before + completed, total: before + report.total });
        this.onReading?.({ tier: TIERS[tier] as SearchTier, read: size - pending, size });
        if (performance.now() - this.#lastNews >= NEWS_EVERY_MS) this.tell();
      };
      const stop = either(pause, signal);
      try {
        const reply = await this.host.fill(connection, this.collection, tier, rest, {
          signal: stop.signal,
          onProgress: (report) => progress(report as FillProgress),
        });
        return reply.truncated;
      } catch (error) {
        if (!pause.aborted || signal?.aborted) throw error;
        before += completed;
      } finally {
        stop.release();
      }
    }
  }
}
