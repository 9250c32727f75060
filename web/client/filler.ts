// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import type { CollectionHost } from './collection-host.js';
import type { PackedDocument } from './documents.js';
import type { IngestProgress } from './options.js';
import type { Connection } from './protocol/connection.js';
import type { VectorTier } from './protocol/messages.js';

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
  #version = 0;
  #ended = false;

  constructor(
    private readonly host: CollectionHost,
    private readonly collection: number,
  ) {}

  /** Documents are being read, or a model is on its way. */
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
    const settled = filling.then(
      () => {},
      () => {},
    );
    this.#running.add(settled);
    void settled.then(() => {
      this.#running.delete(settled);
      this.tell();
    });
    return filling;
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
      const best = tier === tiers.at(-1);
      const reply = await this.host.fill(connection, this.collection, tier, documents, {
        signal,
        onProgress: (progress) => {
          if (best) onProgress?.(progress as IngestProgress);
          if (performance.now() - this.#lastNews >= NEWS_EVERY_MS) this.tell();
        },
      });
      truncated = reply.truncated;
    }
    if (tiers.length === 0 && documents) {
      onProgress?.({ completed: documents.length, total: documents.length });
    }
    return truncated;
  }
}
