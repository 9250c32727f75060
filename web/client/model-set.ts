// SPDX-License-Identifier: Apache-2.0
import { abortable } from './abort.js';
import { bringModel } from './bring-model.js';
import type { LoadPlan } from './load-request.js';
import type { LoadProgress } from './options.js';
import type { Connection } from './protocol/connection.js';
import type { LoadedModel, VectorTier } from './protocol/messages.js';
import type { ModelInfo } from './results.js';

export interface ModelEvents {
  progress(progress: LoadProgress): void;
  added(connection: Connection, model: LoadedModel): void;
  /** No further model will come. */
  settled(): void;
}

/** The models of the living worker, at most one per tier: those that it starts with, and later ones. */
export class ModelSet {
  readonly #byTier = new Map<VectorTier, ModelInfo>();
  #connection: Connection | undefined;
  #loading = false;
  #ready: Promise<void> = Promise.resolve();

  constructor(
    private readonly plan: LoadPlan,
    private readonly events: ModelEvents,
  ) {}

  /** Tiers that have a model, worst first. */
  get tiers(): VectorTier[] {
    return [...this.#byTier.keys()].sort();
  }

  get best(): ModelInfo | undefined {
    return this.#byTier.get(2) ?? this.#byTier.get(1);
  }

  /** Further models are on their way. */
  get loading(): boolean {
    return this.#loading;
  }

  /** Settles when all models are there, or one cannot be had. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Whether a model of this tier is the only one that was asked for, or the best there can be. */
  isBest(tier: VectorTier): boolean {
    return tier === 2 || this.plan.first.models.length + this.plan.later.length === 1;
  }

  /** Loads a fresh worker; resolves when it can be used, and goes on with the later models. */
  async load(connection: Connection): Promise<void> {
    this.#connection = connection;
    this.#byTier.clear();
    this.#loading = this.plan.later.length > 0;
    try {
      const loaded = await connection.call('load', this.plan.first, {
        onProgress: (progress) => this.events.progress(progress as LoadProgress),
      });
      for (const model of loaded) this.#add(connection, model);
    } catch (error) {
      this.#settle(connection);
      throw error;
    }
    this.#ready = this.#bring(connection);
    // Whoever waits for it is told; the others have an engine that works.
    this.#ready.catch(() => {});
  }

  /** One that cannot be had does not keep the others away. */
  async #bring(connection: Connection): Promise<void> {
    const failures: unknown[] = [];
    for (const request of this.plan.later) {
      try {
        // Whoever waits for a model hears of a worker that ended before it was asked for.
        await abortable(Promise.allSettled([this.plan.after]), connection.ended);
        const model = await bringModel(connection, request, this.events.progress);
        this.#add(connection, model);
        this.events.progress({ stage: 'ready', loaded: 1, total: 1 });
      } catch (error) {
        failures.push(error);
      }
    }
    this.#settle(connection);
    if (failures.length > 0) throw failures[0];
  }

  #settle(connection: Connection): void {
    // A successor may be loading by now.
    if (this.#connection !== connection) return;
    this.#loading = false;
    this.events.settled();
  }

  #add(connection: Connection, model: LoadedModel): void {
    const { tier, ...info } = model;
    this.#byTier.set(tier, info);
    this.events.added(connection, model);
  }
}
