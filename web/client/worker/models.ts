// SPDX-License-Identifier: Apache-2.0
import type { CoreModel } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { LoadedModel, VectorTier } from '../protocol/messages.js';

/** The loaded models of a worker, at most one per tier. */
export class Models {
  readonly #byTier = new Map<VectorTier, CoreModel>();

  constructor(private readonly kernels: string) {}

  /** A model that has the place of another frees it. */
  add(model: CoreModel): LoadedModel {
    const { isStatic, ...info } = model.info();
    const tier = isStatic ? 1 : 2;
    this.#byTier.get(tier)?.delete();
    this.#byTier.set(tier, model);
    return { ...info, tier, kernels: this.kernels };
  }

  get(tier: VectorTier): CoreModel | undefined {
    return this.#byTier.get(tier);
  }

  /** What embeds texts: the transformer, or the static model where there is no other. */
  get best(): CoreModel {
    const model = this.#byTier.get(2) ?? this.#byTier.get(1);
    if (!model) throw new MayflyError('model-unavailable', 'no model is loaded yet');
    return model;
  }

  entries(): Iterable<[VectorTier, CoreModel]> {
    return this.#byTier.entries();
  }
}
