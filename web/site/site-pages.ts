// SPDX-License-Identifier: Apache-2.0
// From single pages to a site: which of them count, what they are called, and what they repeat.
import type { ExtractedPage, Fields } from './extract-page.js';
import { addressKey, addressOf, resolveCanonical } from './page-address.js';
import { chooseTitles } from './page-title.js';
import { toPassages, type Passage } from './passages.js';
import { findRepeated, type RepeatedBlocks } from './repeated-blocks.js';
import type { WarningList } from './warnings.js';

export interface SiteFile {
  /** From the site's root, with /. */
  readonly path: string;
  readonly page: ExtractedPage;
}

export interface SitePage {
  readonly path: string;
  readonly url: string;
  readonly title: string;
  readonly language: string;
  readonly rightToLeft: boolean;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly meta: Fields;
  readonly sort: Fields;
  readonly passages: readonly Passage[];
}

/** Why pages are left out on purpose, and how many are. */
export interface LeftOut {
  readonly noindex: number;
  readonly redirects: number;
  /** Other pages mark their content, these do not. */
  readonly unmarked: number;
  /** They name another page of the site as canonical. */
  readonly copies: number;
}

export interface Site {
  readonly pages: readonly SitePage[];
  readonly leftOut: LeftOut;
  /** Boilerplate that was dropped, most frequent first. */
  readonly repeated: RepeatedBlocks['found'];
}

export interface SiteOptions {
  /** For pages that name none. */
  readonly language: string | undefined;
  /** For all pages, whatever they say. */
  readonly forceLanguage: string | undefined;
  readonly keepRepeated: boolean;
}

interface Located extends SiteFile {
  readonly url: string;
}

const UNKNOWN_LANGUAGE = 'und';
const RTL_LANGUAGES = /^(?:ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)(?:-|$)/;

function findLocations(files: readonly SiteFile[], warnings: WarningList): Located[] {
  const keys = new Set(files.map(({ path }) => addressKey(addressOf(path))));
  return files.flatMap((file) => {
    const address = addressOf(file.path);
    const canonical = resolveCanonical(address, file.page.canonical, keys);
    if (canonical.kind === 'page') return [];
    if (canonical.kind === 'elsewhere') warnings.add('canonical-elsewhere', file.path);
    return [{ ...file, url: canonical.kind === 'self' ? canonical.address : address }];
  });
}

function warnOfPage(
  { path, page }: SiteFile,
  title: string,
  hasLanguage: boolean,
  list: WarningList,
) {
  if (!title) list.add('missing-title', path);
  if (page.content === 'body') list.add('no-main-content', path);
  if (!hasLanguage) list.add('missing-language', path);
  if (page.encodingProblem) list.add('broken-encoding', `${path} ${page.encodingProblem}`);
  for (const name of page.reservedFilters) list.add('reserved-filter', `${path}: ${name}`);
}

const nameOf = (path: string) =>
  path
    .replace(/\.x?html?$/i, '')
    .split('/')
    .at(-1)!;

function toSitePage(
  file: Located,
  title: string,
  repeated: RepeatedBlocks,
  options: SiteOptions,
): SitePage {
  const { page, path, url } = file;
  const language = options.forceLanguage ?? page.language ?? options.language ?? UNKNOWN_LANGUAGE;
  return {
    path,
    url,
    title: title || nameOf(path),
    language,
    rightToLeft: page.rightToLeft || RTL_LANGUAGES.test(language),
    filters: page.filters,
    meta: page.meta,
    sort: page.sort,
    passages: toPassages(page.blocks, title, repeated),
  };
}

/** Of pages with the same title and text the one with the shortest address stays. */
function withoutDuplicates(pages: readonly SitePage[], warnings: WarningList): SitePage[] {
  const firsts = new Map<string, SitePage>();
  const better = (a: SitePage, b: SitePage) =>
    a.url.length - b.url.length || (a.url < b.url ? -1 : 1);
  for (const page of [...pages].sort(better)) {
    const { language, title, passages } = page;
    const key = JSON.stringify([language, title, passages.map(({ text }) => text)]);
    const first = firsts.get(key);
    if (first) warnings.add('duplicate-page', `${page.path} is ${first.path}`);
    else firsts.set(key, page);
  }
  const kept = new Set(firsts.values());
  return pages.filter((page) => kept.has(page));
}

function warnOfTitles(pages: readonly SitePage[], warnings: WarningList): void {
  const byTitle = new Map<string, SitePage[]>();
  for (const page of pages) {
    const key = JSON.stringify([page.language, page.title]);
    byTitle.set(key, [...(byTitle.get(key) ?? []), page]);
  }
  for (const [{ title }, ...others] of [...byTitle.values()] as [SitePage, ...SitePage[]][]) {
    for (const { path } of others) warnings.add('duplicate-title', `${path}: ${title}`);
  }
}

/** `files` sorted by path; the result is too. */
export function assembleSite(
  files: readonly SiteFile[],
  options: SiteOptions,
  warnings: WarningList,
): Site {
  const redirects = files.filter(({ page }) => page.redirects);
  const shown = files.filter(({ page }) => !page.redirects && !page.noindex);
  const marks = shown.some(({ page }) => page.content === 'marked');
  const marked = marks ? shown.filter(({ page }) => page.content === 'marked') : shown;
  const located = findLocations(marked, warnings);
  const repeated = findRepeated(options.keepRepeated ? [] : located.map(({ page }) => page.blocks));
  const titles = chooseTitles(located.map(({ page }) => page.titles));
  const all = located.map((file, index) => toSitePage(file, titles[index]!, repeated, options));
  for (const [index, file] of located.entries()) {
    const hasLanguage = all[index]!.language !== UNKNOWN_LANGUAGE;
    warnOfPage(file, titles[index]!, hasLanguage, warnings);
    if (all[index]!.passages.length === 0) warnings.add('empty-page', file.path);
  }
  const pages = withoutDuplicates(
    all.filter(({ passages }) => passages.length > 0),
    warnings,
  );
  warnOfTitles(pages, warnings);
  return {
    pages,
    repeated: repeated.found,
    leftOut: {
      redirects: redirects.length,
      noindex: files.length - redirects.length - shown.length,
      unmarked: shown.length - marked.length,
      copies: marked.length - located.length,
    },
  };
}
