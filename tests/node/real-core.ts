// SPDX-License-Identifier: Apache-2.0
// The built core (web/dist) and the converted model (build/models, or MAYFLY_MODEL_DIR) in Node.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  withObject,
  type CoreCollection,
  type CoreModel,
  type CoreModule,
} from '../../web/client/core/core.js';
import { packStrings, unpackStrings } from '../../web/client/core/packed-strings.js';
import { repositoryFile } from './repository.js';

export async function loadCore(): Promise<CoreModule> {
  const glue = pathToFileURL(repositoryFile('web/dist/mayfly-core.js')).href;
  const wasmBinary = await readFile(repositoryFile('web/dist/mayfly-core.wasm'));
  const { default: createMayflyCore } = (await import(glue)) as {
    default: (options: object) => Promise<CoreModule>;
  };
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

/** `documents`: id, text, metadata of each in turn. */
export function ingest(
  core: CoreModule,
  collection: CoreCollection,
  documents: readonly string[],
  update = false,
): void {
  const job = withObject(
    packStrings(core, documents),
    (packed) => new core.IngestJob(collection, packed, update, false),
  );
  withObject(job, () => {
    while (!job.step(20));
  });
}

export interface Hit {
  id: string;
  text: string;
  metadata: string;
  score: number;
}

export function search(
  core: CoreModule,
  model: CoreModel,
  collection: CoreCollection,
  query: string,
  k: number,
): Hit[] {
  const job = withObject(packStrings(core, [query]), (packed) => new core.EmbedJob(model, packed));
  return withObject(job, () => {
    while (!job.step(20));
    const { scores, strings } = collection.search(job, k);
    const words = unpackStrings(strings);
    return Array.from(scores, (score, hit) => {
      const [id = '', text = '', metadata = ''] = words.slice(3 * hit, 3 * hit + 3);
      return { id, text, metadata, score };
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
