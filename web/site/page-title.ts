// SPDX-License-Identifier: Apache-2.0
import { ignored } from './annotations.js';
import type { Block } from './blocks.js';
import { elementsOf, type Document, type Element } from './elements.js';

/** What may be a page's title; '' for what it does not have. */
export interface TitleCandidates {
  /** `data-mayfly-meta="title"` */
  readonly marked: string;
  /** The first h1 of the content. */
  readonly heading: string;
  /** The first h1 of the page: themes put it into a header above the content. */
  readonly outerHeading: string;
  /** <title> */
  readonly head: string;
  /** The first heading of the content, of any level. */
  readonly anyHeading: string;
}

function firstH1(document: Document, textOf: (element: Element) => string): string {
  for (const element of elementsOf(document, (one) => ignored(one) !== 'all')) {
    if (element.tagName !== 'h1' || ignored(element) === 'all') continue;
    const text = textOf(element);
    if (text) return text;
  }
  return '';
}

export function titleCandidates(
  marked: string | undefined,
  blocks: readonly Block[],
  document: Document,
  head: string,
  textOf: (element: Element) => string,
): TitleCandidates {
  const headings = blocks.filter(({ kind }) => kind === 'heading');
  return {
    marked: marked ?? '',
    heading: headings.find(({ level }) => level === 1)?.text ?? '',
    outerHeading: firstH1(document, textOf),
    head,
    anyHeading: headings[0]?.text ?? '',
  };
}

/** Pages that must share something before it is taken for the site's and not theirs. */
const SHARED_BY = 3;
/** Between a page's title and its site's, with white space around: "Start - Handbook". */
const SEPARATOR = /\s+[-|·•—–»«:~/\\]+\s+/g;

/** How often each string occurs. */
function tally(strings: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of strings) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

const isShared = (count: number | undefined, pages: number) =>
  count !== undefined && count >= SHARED_BY && count * 2 > pages;

/** What stands before the first and after the last separator, separators included. */
function ends(title: string): { first: string; last: string } {
  const found = [...title.matchAll(SEPARATOR)];
  const last = found.at(-1);
  if (!found[0] || !last) return { first: '', last: '' };
  return {
    first: title.slice(0, found[0].index + found[0][0].length),
    last: title.slice(last.index),
  };
}

/**
 * Each page's title, '' where it has none. An h1 above the content that most pages have is the site's
 * name; so is the end, or the beginning, that most <title>s share.
 */
export function chooseTitles(pages: readonly TitleCandidates[]): string[] {
  const outer = tally(pages.map(({ outerHeading }) => outerHeading));
  const heads = pages.map(({ head }) => ({ head, ...ends(head) }));
  const firsts = tally(heads.map(({ first }) => first));
  const lasts = tally(heads.map(({ last }) => last));
  return pages.map(({ marked, heading, outerHeading, anyHeading }, index) => {
    if (marked || heading) return marked || heading;
    if (outerHeading && !isShared(outer.get(outerHeading), pages.length)) return outerHeading;
    const { head, first, last } = heads[index]!;
    if (last && isShared(lasts.get(last), pages.length)) return head.slice(0, -last.length);
    if (first && isShared(firsts.get(first), pages.length)) return head.slice(first.length);
    return head || anyHeading || outerHeading;
  });
}
