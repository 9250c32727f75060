// SPDX-License-Identifier: Apache-2.0
// The package's own files, copied beside the corpus.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SiteError } from './errors.js';
import type { WarningList } from './warnings.js';

/** Without these nothing can be searched. */
const NEEDED = ['index.js', 'worker.js', 'mayfly-core.wasm', 'mayfly-kernels.wasm'];
/** What a browser loads. Not what is for bundlers, nor mayfly.min.js, which is all of these once more. */
const LOADED = [...NEEDED, 'corpus.js', 'widget.js', 'shared-engine.js', 'shared-worker.js'];

export interface CopiedAssets {
  readonly files: number;
  readonly bytes: number;
  /** Those that were not there yet, or differed. */
  readonly copied: number;
}

const modelFiles = (name: string) => [`models/${name}.json`, `models/${name}.safetensors`];

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function isEqual(from: string, to: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
  if (!b || a.size !== b.size) return false;
  return (await digest(from)) === (await digest(to));
}

async function copyWhole(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, `${to}.part`);
    await rename(`${to}.part`, to);
  } catch (cause) {
    throw new SiteError('unwritable', `${to} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

export interface AssetOptions {
  /** Folder of the built package. */
  readonly from: string;
  readonly to: string;
  /** Names of models; those that the package lacks are a warning. */
  readonly models: readonly string[];
  readonly dryRun: boolean;
}

/** Whether both files of a model are in the package. */
export async function hasModel(from: string, name: string): Promise<boolean> {
  const found = await Promise.all(modelFiles(name).map((file) => exists(join(from, file))));
  return found.every(Boolean);
}

export async function copyAssets(
  { from, to, models, dryRun }: AssetOptions,
  warnings: WarningList,
): Promise<CopiedAssets> {
  const there = await readdir(from).catch((): string[] => []);
  const missing = NEEDED.filter((name) => !there.includes(name));
  for (const name of missing) warnings.add('asset-missing', name);
  const names = there.filter((name) => LOADED.includes(name)).sort();
  for (const model of models) {
    if (await hasModel(from, model)) names.push(...modelFiles(model));
    else warnings.add('asset-missing', `models/${model}`);
  }
  let bytes = 0;
  let copied = 0;
  for (const name of names) {
    const [source, target] = [join(from, name), join(to, name)];
    bytes += (await stat(source)).size;
    if (await isEqual(source, target)) continue;
    if (!dryRun) await copyWhole(source, target);
    copied++;
  }
  return { files: names.length, bytes, copied };
}
