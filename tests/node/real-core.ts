// SPDX-License-Identifier: Apache-2.0
// The built core (web/dist) and the converted model (build/models, or MAYFLY_MODEL_DIR) in Node.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  withObject,
  type CoreCollection,
  type CoreJob,
  type CoreMode,
  type CoreModel,
  type CoreModule,
  type CoreTier,
} from '../../web/client/core/core.js';
import { packStrings, unpackStrings } from '../../web/client/core/packed-strings.js';
import createMayflyCore from '../../web/client/worker/mayfly-core.js';
import { repositoryFile } from './repository.js';

export async function loadCore(): Promise<CoreModule> {
  const wasmBinary = await readFile(repositoryFile('web/dist/mayfly-core.wasm'));
  return createMayflyCore({ wasmBinary });
}

export function modelFolder(): string {
  return process.env['MAYFLY_MODEL_DIR'] ?? repositoryFile('build/models');
}

export function readModel(name = 'minilm.safetensors'): Promise<Buffer> {
  return readFile(resolve(modelFolder(), name));
}

export function loadModel(core: CoreModule, file: Uint8Array): CoreModel {
  return withObject(new core.Buffer(file.length), (buffer) => {
    buffer.view().set(file);
    return core.Model.load(buffer);
  });
}

export interface Embedded {
  vectors: Float32Array[];
  tokens: Uint32Array;
  dropped: Uint32Array;
}

export function embed(core: CoreModule, model: CoreModel, texts: readonly string[]): Embedded {
  const dim = model.info().dim;
  const job = withObject(packStrings(core, texts), (packed) => new core.EmbedJob(model, packed));
  return withObject(job, () => {
    while (!job.step(20));
    const all = job.vectors();
    return {
      vectors: texts.map((_, text) => all.slice(text * dim, (text + 1) * dim)),
      tokens: job.tokenCounts(),
      dropped: job.dropped(),
    };
  });
}

export const tierOf = (model: CoreModel): CoreTier => (model.info().isStatic ? 1 : 2);

/** An empty collection whose documents these models read. */
export function openCollection(core: CoreModule, ...models: CoreModel[]): CoreCollection {
  const collection = new core.Collection();
  for (const model of models) collection.setModel(tierOf(model), model);
  return collection;
}

/** id, text, metadata of each in turn, as documents without title and headings. */
export function untitled(triples: readonly string[]): string[] {
  return triples.flatMap((value, i) => (i % 3 === 2 ? [value, '', ''] : [value]));
}

/** A job that is done, and deleted afterwards. */
export function finish(job: CoreJob): void {
  withObject(job, () => {
    while (!job.step(20));
  });
}

/** `documents`: id, text, metadata, title, headings of each in turn. */
export function startIngest(
  core: CoreModule,
  collection: CoreCollection,
  documents: readonly string[],
  update = false,
): CoreJob {
  return withObject(
    packStrings(core, documents),
    (packed) => new core.IngestJob(collection, packed, update),
  );
}

/** Documents with their words and their vectors of these tiers. */
export function ingest(
  core: CoreModule,
  collection: CoreCollection,
  documents: readonly string[],
  update = false,
  tiers: readonly CoreTier[] = [2],
): void {
  finish(startIngest(core, collection, documents, update));
  for (const tier of tiers) finish(core.FillJob.all(collection, tier));
}

export interface Hit {
  id: string;
  text: string;
  metadata: string;
  title: string;
  headings: string;
  score: number;
  tier: number;
}

/** By the vectors of this model alone, unless another mode is asked for. */
export function search(
  core: CoreModule,
  model: CoreModel,
  collection: CoreCollection,
  query: string,
  k: number,
  { mode = 1, filter = '' }: { mode?: CoreMode; filter?: string } = {},
): Hit[] {
  const job = withObject(packStrings(core, [query]), (packed) => new core.EmbedJob(model, packed));
  return withObject(job, () => {
    while (!job.step(20));
    const [early, late] = tierOf(model) === 1 ? [job, null] : [null, job];
    const { scores, numbers, strings } = withObject(packStrings(core, [query, filter]), (packed) =>
      collection.search(packed, k, mode, early, late),
    );
    const words = unpackStrings(strings);
    return Array.from({ length: scores.length / 5 }, (_, hit) => {
      const [id = '', text = '', metadata = '', title = '', headings = ''] = words.slice(5 * hit);
      const [score = NaN, tier = NaN] = [scores[5 * hit], numbers[7 * hit]];
      return { id, text, metadata, title, headings, score, tier };
    });
  });
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
}

/** All of the wasm memory as it is now. */
export function wholeMemory(core: CoreModule): Buffer {
  return withObject(new core.Buffer(8), (probe) => Buffer.from(probe.view().buffer));
}
