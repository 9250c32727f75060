// SPDX-License-Identifier: Apache-2.0
import { Mayfly, type LoadProgress } from 'mayfly';

/** A model of the page, in an engine of its own, so that each can be asked and timed alone. */
export interface Reader {
  readonly tier: 'static' | 'contextual';
  readonly engine: Mayfly;
}

const STATIC_MODEL = '../mayfly/models/minilm-static.json';
const MODEL = '../mayfly/models/minilm.json';

const absolute = (path: string) => new URL(path, document.baseURI);

/**
 * Loads both models at the same time, and tells of each when it is there. The transformer's engine has
 * the static model too, for explanations. Rejects with the first failure.
 */
export async function startReaders(
  onProgress: (progress: LoadProgress) => void,
  onReader: (reader: Reader) => void,
): Promise<void> {
  // Where one fails, the other is not waited for.
  const ending = new AbortController();
  const shared = { staticModel: absolute(STATIC_MODEL), workers: 1, signal: ending.signal };
  const start = async (tier: Reader['tier'], engine: Promise<Mayfly>) =>
    onReader({ tier, engine: await engine });
  try {
    await Promise.all([
      start('static', Mayfly.create({ ...shared, model: null })),
      start('contextual', Mayfly.create({ ...shared, model: absolute(MODEL), onProgress })),
    ]);
  } catch (error) {
    ending.abort();
    throw error;
  }
}
