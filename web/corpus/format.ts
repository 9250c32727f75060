// SPDX-License-Identifier: Apache-2.0
// The files of a corpus as types; docs/corpus-format.md says the same in words. Text and metadata
// only: there is no place for a vector.

export const CORPUS_FORMAT = 'mayfly-corpus';
/** Raised where a reader of the version before would misread a file. */
export const CORPUS_VERSION = 1;
/** Digits of the checksum that a file is named by. */
const NAME_DIGITS = 16;

/** How files lie on the host: `gzip` as NAME.json.gz, `plain` as NAME.json. */
export type CorpusEncoding = 'gzip' | 'plain';
export const CORPUS_ENCODINGS: readonly CorpusEncoding[] = ['gzip', 'plain'];

/** Lists of strings by name, e.g. `{ section: ['Guides'] }`. */
export type CorpusFilters = Readonly<Record<string, readonly string[]>>;
/** Strings by name, e.g. `{ author: 'Ada' }`. */
export type CorpusFields = Readonly<Record<string, string>>;

/** One of the corpus's files, as the manifest names it. */
export interface CorpusFile {
  /** Of the JSON text in UTF-8, uncompressed: 64 hexadecimal digits. */
  readonly sha256: string;
  /** Length of that text in bytes. */
  readonly bytes: number;
  /** Pages or passages in it. */
  readonly count: number;
}

/** The pages of one language. */
export interface CorpusShelf {
  /** BCP 47, or `und` where pages do not say. */
  readonly language: string;
  /** How many. */
  readonly pages: number;
  /** How many. */
  readonly passages: number;
  /** How many. */
  readonly words: number;
  /** Pages, in the order of their numbers. */
  readonly pageFiles: readonly CorpusFile[];
  /** Passages, in the order of use. */
  readonly passageFiles: readonly CorpusFile[];
}

/** manifest.json */
export interface CorpusManifest {
  /** `'mayfly-corpus'`. */
  readonly format: typeof CORPUS_FORMAT;
  /** Of the format. */
  readonly version: number;
  /** What addresses of pages are relative to; itself relative to the manifest. */
  readonly base: string;
  /** Manifest of the model, relative to this file; null for none, absent for the package's own. */
  readonly model?: string | null;
  /** The same of the static model. */
  readonly staticModel?: string | null;
  /** How each file lies on the host. */
  readonly encodings: readonly CorpusEncoding[];
  /** Of all languages. */
  readonly pages: number;
  /** Of all languages. */
  readonly passages: number;
  /** Of all languages. */
  readonly words: number;
  /** Most pages first. */
  readonly languages: readonly CorpusShelf[];
}

export interface CorpusPage {
  /** Relative to the manifest's base, e.g. `guide/start/`; `./` for the base itself. */
  readonly url: string;
  readonly title: string;
  readonly dir?: 'rtl';
  readonly filters?: CorpusFilters;
  readonly meta?: CorpusFields;
  readonly sort?: CorpusFields;
}

/** A file of pages: JSON array. Passages name a page by its place over all page files of the shelf. */
export type CorpusPages = readonly CorpusPage[];

/**
 * [page, number of the passage within its page, anchor ('' for the top of the page), headings above
 * it from outermost to innermost, text, weight (0 to 10; 1 where absent)]
 */
export type CorpusPassage = readonly [
  page: number,
  ordinal: number,
  anchor: string,
  headings: readonly string[],
  text: string,
  weight?: number,
];

/** A file of passages: JSON array. */
export type CorpusPassages = readonly CorpusPassage[];

export type CorpusFileKind = 'pages' | 'passages';

/** The name on the host: what is in a file decides it, so that it may be cached for ever. */
export function corpusFileName(
  kind: CorpusFileKind,
  sha256: string,
  encoding: CorpusEncoding,
): string {
  return `${kind}-${sha256.slice(0, NAME_DIGITS)}.json${encoding === 'gzip' ? '.gz' : ''}`;
}

/** Recognises what `corpusFileName` made, also in an earlier run. */
export const CORPUS_FILE_NAME = /^(?:pages|passages)-[0-9a-f]{16}\.json(?:\.gz)?$/;
