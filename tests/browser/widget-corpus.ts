// SPDX-License-Identifier: Apache-2.0
// Corpora of a test's own, in the format of docs/corpus-format.md.
import { createHash } from 'node:crypto';
import {
  CORPUS_FORMAT,
  CORPUS_VERSION,
  corpusFileName,
  type CorpusFileKind,
  type CorpusManifest,
  type CorpusPage,
  type CorpusPassage,
} from '../../web/corpus/format.js';
import type { Passage } from '../../web/widget/corpus-source.js';

/** Addresses relative to the corpus; null for none. */
export interface Models {
  model?: string | null;
  staticModel?: string | null;
}

/** Names and texts of the files; NAME.json is the manifest. Passages come in two files. */
export function corpusFiles(
  name: string,
  passages: readonly Passage[],
  models: Models = {},
): [path: string, text: string][] {
  const pages = new Map<string, CorpusPage>();
  for (const { title = '', metadata } of passages) {
    const { url, filters = {}, meta } = metadata!;
    const lists = Object.entries(filters).map(([key, value]) => [key, [value].flat()]);
    const page = { url, title, filters: Object.fromEntries(lists), ...(meta ? { meta } : {}) };
    if (!pages.has(url)) pages.set(url, page as CorpusPage);
  }
  const places = new Map([...pages.keys()].map((url, place) => [url, place]));
  const entries = passages.map(({ headings = [], text, metadata }, ordinal): CorpusPassage => [
    places.get(metadata!.url)!,
    ordinal,
    metadata!.anchor ?? '',
    headings,
    text,
  ]);
  const middle = Math.ceil(entries.length / 2);
  const files: [path: string, text: string][] = [];
  const write = (kind: CorpusFileKind, list: readonly unknown[]) => {
    const text = JSON.stringify(list);
    const sha256 = createHash('sha256').update(text).digest('hex');
    files.push([corpusFileName(kind, sha256, 'plain'), text]);
    return { sha256, bytes: Buffer.byteLength(text), count: list.length };
  };
  const shelf = {
    language: 'und',
    ...{ pages: pages.size, passages: entries.length, words: 0 },
    pageFiles: [write('pages', [...pages.values()])],
    passageFiles: [entries.slice(0, middle), entries.slice(middle)]
      .filter((list) => list.length > 0)
      .map((list) => write('passages', list)),
  };
  const manifest: CorpusManifest = {
    format: CORPUS_FORMAT,
    version: CORPUS_VERSION,
    base: '/',
    ...models,
    encodings: ['plain'],
    ...{ pages: shelf.pages, passages: shelf.passages, words: 0 },
    languages: [shelf],
  };
  return [...files, [`${name}.json`, JSON.stringify(manifest)]];
}
