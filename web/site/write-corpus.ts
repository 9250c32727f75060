// SPDX-License-Identifier: Apache-2.0
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CORPUS_FILE_NAME, corpusFileName, type CorpusEncoding } from '../corpus/format.js';
import type { BuiltCorpus, BuiltFile } from './corpus-files.js';
import { SiteError } from './errors.js';

export const MANIFEST_NAME = 'manifest.json';
/** The byte of a gzip header that names the system: 255 for none, so that all write the same. */
const GZIP_SYSTEM = 9;

export interface WrittenCorpus {
  /** What one visitor downloads: the manifest and each file in its smallest encoding. */
  readonly downloadBytes: number;
  /** JSON before compression. */
  readonly textBytes: number;
  readonly files: number;
  readonly written: number;
  readonly removed: number;
}

function gzip(json: Buffer): Buffer {
  const bytes = gzipSync(json, { level: 9 });
  bytes[GZIP_SYSTEM] = 255;
  return bytes;
}

/** Under another name first: whoever looks sees the old file or the new one, never half of it. */
export async function writeWhole(path: string, bytes: Buffer | string): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new SiteError('unwritable', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** A file that is there already has the same content, as it has the same name. */
async function writeFileOnce(
  folder: string,
  { kind, file, json }: BuiltFile,
  encoding: CorpusEncoding,
  dryRun: boolean,
): Promise<{ name: string; size: number; isNew: boolean }> {
  const name = corpusFileName(kind, file.sha256, encoding);
  const there = await stat(join(folder, name)).catch(() => undefined);
  if (there?.isFile()) return { name, size: there.size, isNew: false };
  const bytes = encoding === 'gzip' ? gzip(json) : json;
  if (!dryRun) await writeWhole(join(folder, name), bytes);
  return { name, size: bytes.length, isNew: true };
}

/** Files of an earlier corpus; nothing else that may lie in the folder. */
async function removeOld(folder: string, keep: ReadonlySet<string>, dryRun: boolean) {
  const names = await readdir(folder).catch(() => []);
  const old = names.filter((name) => CORPUS_FILE_NAME.test(name) && !keep.has(name));
  if (!dryRun) for (const name of old) await rm(join(folder, name));
  return old.length;
}

/** The manifest is written when all that it names is there, and old files go after that. */
export async function writeCorpus(
  folder: string,
  { manifest, files }: BuiltCorpus,
  dryRun: boolean,
): Promise<WrittenCorpus> {
  if (!dryRun) {
    await mkdir(folder, { recursive: true }).catch((cause: Error) => {
      throw new SiteError('unwritable', `${folder} cannot be made: ${cause.message}`, { cause });
    });
  }
  const names = new Set<string>();
  const json = `${JSON.stringify(manifest, undefined, 1)}\n`;
  let written = 0;
  let downloadBytes = Buffer.byteLength(json);
  for (const file of files) {
    const sizes: number[] = [];
    for (const encoding of manifest.encodings) {
      const { name, size, isNew } = await writeFileOnce(folder, file, encoding, dryRun);
      names.add(name);
      sizes.push(size);
      if (isNew) written++;
    }
    downloadBytes += Math.min(...sizes);
  }
  const path = join(folder, MANIFEST_NAME);
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before !== json) {
    if (!dryRun) await writeWhole(path, json);
    written++;
  }
  const removed = await removeOld(folder, names, dryRun);
  const textBytes = files.reduce((total, { file }) => total + file.bytes, Buffer.byteLength(json));
  return { downloadBytes, textBytes, files: names.size + 1, written, removed };
}
