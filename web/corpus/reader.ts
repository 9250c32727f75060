// SPDX-License-Identifier: Apache-2.0
/**
 * Reads in a browser what `mayfly site` wrote: the manifest first, then pages and passages, in the
 * order in which they are useful. Importing this does nothing but define.
 *
 * @module mayfly/corpus
 */
import type { MayflyDocument } from '../client/documents.js';
import {
  bodyOf,
  chooseEncoding,
  downloadFile,
  parseJson,
  request,
  type DownloadOptions,
  type Fetch,
} from './download.js';
import type {
  CorpusFields,
  CorpusFilters,
  CorpusManifest,
  CorpusPage,
  CorpusPassage,
  CorpusShelf,
} from './format.js';
import { chooseShelves } from './languages.js';
import { checkList, checkManifest, checkPage, checkPassage } from './validate.js';

export { CorpusError, type CorpusErrorCode } from './errors.js';
export type {
  CorpusEncoding,
  CorpusFields,
  CorpusFile,
  CorpusFilters,
  CorpusManifest,
  CorpusShelf,
} from './format.js';
export type { Fetch } from './download.js';

/**
 * Files asked for ahead of the one that is being handed out. None ahead of the first, which is small: until
 * it is taken, the line belongs to what it takes to search it.
 */
const FILES_AHEAD = 3;

/** Of `openCorpus`. */
export interface OpenCorpusOptions {
  /** Aborts loading the manifest; `Corpus.chunks` takes one of its own. */
  readonly signal?: AbortSignal | undefined;
  /** Wished languages, best first, as BCP 47. Only the first that there is gets loaded; default: all. */
  readonly languages?: readonly string[] | undefined;
  /** False skips the checksums. Where the page is not https or localhost there are none in any case. */
  readonly integrity?: boolean | undefined;
  /** In place of the global one. */
  readonly fetch?: Fetch | undefined;
}

/** Of a passage: what belongs to its page, and where on the page it is. */
export type CorpusMetadata = {
  /** The page's address, relative to `Corpus.base`; the same for all passages of a page. */
  readonly page: string;
  /** The same. */
  readonly url: string;
  /** What stands after # to get to the passage; absent for the top of the page. */
  readonly anchor?: string;
  /** BCP 47, or `und` where the page does not say. */
  readonly language: string;
  /** Of pages that are written from right to left. */
  readonly dir?: 'rtl';
  /** 0 to 10; absent for 1. */
  readonly weight?: number;
  /** What the page was marked with by `data-mayfly-filter`. */
  readonly filters?: CorpusFilters;
  /** The same by `data-mayfly-meta`. */
  readonly meta?: CorpusFields;
  /** The same by `data-mayfly-sort`. */
  readonly sort?: CorpusFields;
};

/** Ready for `collection.add`. */
export type CorpusDocument = MayflyDocument<CorpusMetadata> & {
  /** Of the page. */
  title: string;
  /** Above the passage, outermost first. */
  headings: readonly string[];
};

/** A site's text, of which the manifest was read. */
export interface Corpus {
  /** Passages of the languages chosen. */
  readonly size: number;
  /** Their pages. */
  readonly pages: number;
  /** Their words. */
  readonly words: number;
  /** The languages chosen, as BCP 47; most pages first. */
  readonly languages: readonly string[];
  /** An absolute address: what those of pages are relative to. */
  readonly base: string;
  /** Absolute address of the model's manifest; null for none, undefined for the package's own. */
  readonly model: string | null | undefined;
  /** The same of the static model. */
  readonly staticModel: string | null | undefined;
  /** Passages file by file. Ends with the signal's reason after an abort; may be called again. */
  chunks(signal?: AbortSignal): AsyncGenerator<readonly CorpusDocument[], void, undefined>;
}

function toDocument(page: CorpusPage, language: string, passage: CorpusPassage): CorpusDocument {
  const [, ordinal, anchor, headings, text, weight] = passage;
  const { url, title, dir, filters, meta, sort } = page;
  return {
    id: `${url}#${ordinal}`,
    title,
    headings,
    text,
    metadata: {
      page: url,
      url,
      language,
      ...(anchor ? { anchor } : {}),
      ...(dir ? { dir } : {}),
      ...(weight !== undefined ? { weight } : {}),
      ...(filters ? { filters } : {}),
      ...(meta ? { meta } : {}),
      ...(sort ? { sort } : {}),
    },
  };
}

async function readPages(shelf: CorpusShelf, options: DownloadOptions): Promise<CorpusPage[]> {
  const files = await Promise.all(
    shelf.pageFiles.map(async (file) => {
      const where = `pages of ${shelf.language}`;
      const entries = checkList(await downloadFile('pages', file, options), file, where);
      return entries.map((page, index) => checkPage(page, `${where}[${index}]`));
    }),
  );
  return files.flat();
}

/** Where a later part fails before it is awaited, that is no unhandled rejection. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

async function* readShelf(shelf: CorpusShelf, options: DownloadOptions) {
  const pages = quiet(readPages(shelf, options));
  const waiting: Promise<unknown>[] = [];
  let asked = 0;
  for (const [index, file] of shelf.passageFiles.entries()) {
    const wanted = index === 0 ? 1 : index + 1 + FILES_AHEAD;
    while (asked < Math.min(shelf.passageFiles.length, wanted)) {
      waiting.push(quiet(downloadFile('passages', shelf.passageFiles[asked++]!, options)));
    }
    const where = `passages of ${shelf.language}, file ${index}`;
    const known = await pages;
    const entries = checkList(await waiting.shift(), file, where);
    options.signal?.throwIfAborted();
    yield entries.map((entry, at) => {
      const passage = checkPassage(entry, known.length, `${where}[${at}]`);
      return toDocument(known[passage[0]]!, shelf.language, passage);
    });
  }
}

async function* readShelves(shelves: readonly CorpusShelf[], options: DownloadOptions) {
  // Whoever stops reading also stops what was asked for ahead.
  const leaving = new AbortController();
  const follow = () => leaving.abort(options.signal?.reason);
  options.signal?.throwIfAborted();
  options.signal?.addEventListener('abort', follow, { once: true });
  try {
    for (const shelf of shelves) yield* readShelf(shelf, { ...options, signal: leaving.signal });
  } finally {
    options.signal?.removeEventListener('abort', follow);
    leaving.abort();
  }
}

const sum = (shelves: readonly CorpusShelf[], name: 'pages' | 'passages' | 'words') =>
  shelves.reduce((total, shelf) => total + shelf[name], 0);

/**
 * Loads the manifest; nothing else before `chunks` is called. Rejects with CorpusError.
 * @param manifest - Address of manifest.json, absolute, or relative to the page.
 * @param options - Languages, signal, checksums.
 */
export async function openCorpus(
  manifest: string | URL,
  { signal, languages, integrity = true, fetch }: OpenCorpusOptions = {},
): Promise<Corpus> {
  signal?.throwIfAborted();
  const url = new URL(manifest, globalThis.document?.baseURI).href;
  const fetcher = fetch ?? ((address, init) => globalThis.fetch(address, init));
  const response = await request(url, fetcher, signal);
  const utf8 = await bodyOf(response, url, signal);
  const checked: CorpusManifest = checkManifest(parseJson(utf8, url));
  const shelves = chooseShelves(checked.languages, languages);
  const encoding = chooseEncoding(checked.encodings);
  const absolute = (reference: string | null | undefined) =>
    typeof reference === 'string' ? new URL(reference, url).href : reference;
  return {
    size: sum(shelves, 'passages'),
    pages: sum(shelves, 'pages'),
    words: sum(shelves, 'words'),
    languages: shelves.map(({ language }) => language),
    base: new URL(checked.base, url).href,
    model: absolute(checked.model),
    staticModel: absolute(checked.staticModel),
    chunks: (chunkSignal) =>
      readShelves(shelves, {
        manifest: url,
        encoding,
        fetch: fetcher,
        integrity,
        signal: chunkSignal,
      }),
  };
}
