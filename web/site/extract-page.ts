// SPDX-License-Identifier: Apache-2.0
// One HTML file to what the corpus needs of it. Depends on its bytes alone, so that the result can be
// kept until they change.
import { parse } from 'parse5';
import { readAnnotations, RESERVED_FILTERS } from './annotations.js';
import { readBlocks, textOf, type Block } from './blocks.js';
import { decodeHtml } from './decode-html.js';
import { findMainContent, type ContentSource } from './main-content.js';
import { readHead } from './page-head.js';
import { titleCandidates, type TitleCandidates } from './page-title.js';

/** Raised when the same bytes give another result than before: old caches are then left alone. */
export const EXTRACTION_VERSION = 1;

export type Fields = Readonly<Record<string, string>>;

/** A JSON value: it is kept in the cache as such. */
export interface ExtractedPage {
  readonly titles: TitleCandidates;
  readonly language?: string;
  readonly rightToLeft: boolean;
  readonly noindex: boolean;
  readonly redirects: boolean;
  /** As the page writes it. */
  readonly canonical?: string;
  readonly content: ContentSource;
  readonly blocks: readonly Block[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly meta: Fields;
  readonly sort: Fields;
  /** What is wrong with the encoding. */
  readonly encodingProblem?: string;
  /** Filters with names that the filter language needs for itself. */
  readonly reservedFilters: readonly string[];
}

/** By name, so that the same page always gives the same bytes; own properties only. */
function sorted<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function extractPage(bytes: Uint8Array): ExtractedPage {
  const { html, problem } = decodeHtml(bytes);
  const document = parse(html, { scriptingEnabled: false });
  const head = readHead(document, textOf);
  const annotations = readAnnotations(document, textOf);
  const { roots, source } = findMainContent(document);
  const blocks = readBlocks(roots, source === 'body');
  const marked = annotations.meta.get('title');
  const titles = titleCandidates(marked, blocks, document, head.title, textOf);
  annotations.meta.delete('title');
  const reserved = [...annotations.filters.keys()].filter((name) => RESERVED_FILTERS.has(name));
  for (const name of reserved) annotations.filters.delete(name);
  return {
    titles,
    ...(head.language ? { language: head.language } : {}),
    rightToLeft: head.rightToLeft,
    noindex: head.noindex,
    redirects: head.redirects,
    ...(head.canonical ? { canonical: head.canonical } : {}),
    content: source,
    blocks,
    filters: sorted(annotations.filters),
    meta: sorted(annotations.meta),
    sort: sorted(annotations.sort),
    ...(problem ? { encodingProblem: problem } : {}),
    reservedFilters: reserved,
  };
}
