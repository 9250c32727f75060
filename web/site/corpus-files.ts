// SPDX-License-Identifier: Apache-2.0
// Pages to the files of docs/corpus-format.md. The same pages give the same bytes.
import { createHash } from 'node:crypto';
import {
  CORPUS_FORMAT,
  CORPUS_VERSION,
  type CorpusEncoding,
  type CorpusFile,
  type CorpusFileKind,
  type CorpusManifest,
  type CorpusPage,
  type CorpusPassage,
  type CorpusShelf,
} from '../corpus/format.js';
import { countWords } from './count-words.js';
import type { SitePage } from './site-pages.js';

/** The first file of passages is small, so that something can be found soon; then they double. */
const FIRST_FILE_BYTES = 64 * 1024;

export interface BuiltFile {
  readonly kind: CorpusFileKind;
  readonly file: CorpusFile;
  readonly json: Buffer;
}

export interface BuiltCorpus {
  readonly manifest: CorpusManifest;
  readonly files: readonly BuiltFile[];
}

export interface CorpusFilesOptions {
  readonly base: string;
  /** null for none, undefined to leave it to the package. */
  readonly model: string | null | undefined;
  readonly staticModel: string | null | undefined;
  readonly encodings: readonly CorpusEncoding[];
  /** Bytes of the largest file before compression. An entry that is larger gets its own. */
  readonly largestFile: number;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const depthOf = (url: string) => url.replace(/\/$/, '').split('/').length;

/** Those near the root first: they are what a site begins with. */
function inOrder(pages: readonly SitePage[]): SitePage[] {
  return [...pages].sort((a, b) => depthOf(a.url) - depthOf(b.url) || compare(a.url, b.url));
}

const isEmpty = (record: object) => Object.keys(record).length === 0;

function pageEntry({ url, title, rightToLeft, filters, meta, sort }: SitePage): CorpusPage {
  return {
    url,
    title,
    ...(rightToLeft ? { dir: 'rtl' as const } : {}),
    ...(isEmpty(filters) ? {} : { filters }),
    ...(isEmpty(meta) ? {} : { meta }),
    ...(isEmpty(sort) ? {} : { sort }),
  };
}

/**
 * The first passage of every page, then the second ones, and so on: whoever searches early searches
 * a little of everything instead of everything about A.
 */
function passageEntries(pages: readonly SitePage[]): CorpusPassage[] {
  const entries = pages.flatMap(({ passages }, page) =>
    passages.map(({ anchor, headings, text, weight }, ordinal): CorpusPassage => {
      const start = [page, ordinal, anchor, headings, text] as const;
      return weight === 1 ? start : [...start, weight];
    }),
  );
  return entries.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

function toFile(kind: CorpusFileKind, entries: readonly string[]): BuiltFile {
  const json = Buffer.from(`[${entries.join(',\n')}]\n`);
  const sha256 = createHash('sha256').update(json).digest('hex');
  return { kind, json, file: { sha256, bytes: json.length, count: entries.length } };
}

function toFiles(kind: CorpusFileKind, entries: readonly unknown[], largest: number): BuiltFile[] {
  const files: BuiltFile[] = [];
  let limit = Math.min(largest, FIRST_FILE_BYTES);
  let waiting: string[] = [];
  let bytes = 0;
  const flush = () => {
    if (waiting.length > 0) files.push(toFile(kind, waiting));
    waiting = [];
    bytes = 0;
    limit = Math.min(largest, limit * 2);
  };
  for (const entry of entries) {
    const json = JSON.stringify(entry);
    const length = Buffer.byteLength(json) + 2;
    if (bytes > 0 && bytes + length > limit) flush();
    waiting.push(json);
    bytes += length;
  }
  flush();
  return files;
}

interface BuiltShelf {
  readonly shelf: CorpusShelf;
  readonly files: readonly BuiltFile[];
}

function buildShelf(language: string, unordered: readonly SitePage[], largest: number): BuiltShelf {
  const pages = inOrder(unordered);
  const passages = passageEntries(pages);
  const pageFiles = toFiles('pages', pages.map(pageEntry), largest);
  const passageFiles = toFiles('passages', passages, largest);
  const shelf = {
    language,
    pages: pages.length,
    passages: passages.length,
    words: passages.reduce((total, [, , , , text]) => total + countWords(text), 0),
    pageFiles: pageFiles.map(({ file }) => file),
    passageFiles: passageFiles.map(({ file }) => file),
  };
  return { shelf, files: [...pageFiles, ...passageFiles] };
}

export function buildCorpus(pages: readonly SitePage[], options: CorpusFilesOptions): BuiltCorpus {
  const byLanguage = new Map<string, SitePage[]>();
  for (const page of pages) {
    const shelf = byLanguage.get(page.language);
    if (shelf) shelf.push(page);
    else byLanguage.set(page.language, [page]);
  }
  const built = [...byLanguage]
    .sort(([a, those], [b, these]) => these.length - those.length || compare(a, b))
    .map(([language, those]) => buildShelf(language, those, options.largestFile));
  const languages = built.map(({ shelf }) => shelf);
  const total = (name: 'pages' | 'passages' | 'words') =>
    languages.reduce((sum, shelf) => sum + shelf[name], 0);
  const { base, model, staticModel, encodings } = options;
  const manifest: CorpusManifest = {
    format: CORPUS_FORMAT,
    version: CORPUS_VERSION,
    base,
    ...(model === undefined ? {} : { model }),
    ...(staticModel === undefined ? {} : { staticModel }),
    encodings,
    pages: total('pages'),
    passages: total('passages'),
    words: total('words'),
    languages,
  };
  return { manifest, files: built.flatMap(({ files }) => files) };
}
