// SPDX-License-Identifier: Apache-2.0
import { ignored, isMarkedBody } from './annotations.js';
import { attribute, elementsOf, type Document, type Element } from './elements.js';

export type ContentSource = 'marked' | 'main' | 'article' | 'body';

export interface MainContent {
  /** In document order, none within another. */
  readonly roots: readonly Element[];
  readonly source: ContentSource;
}

function outermost(document: Document, test: (element: Element) => boolean): Element[] {
  const enter = (element: Element) => !test(element) && ignored(element) === 'no';
  return [...elementsOf(document, enter)].filter((one) => test(one) && ignored(one) === 'no');
}

const isMain = (element: Element) =>
  element.tagName === 'main' || attribute(element, 'role')?.toLowerCase() === 'main';

/** The first that there is of: marked elements, <main>, <article>, <body>. */
export function findMainContent(document: Document): MainContent {
  const wishes: [ContentSource, (element: Element) => boolean][] = [
    ['marked', isMarkedBody],
    ['main', isMain],
    ['article', (element) => element.tagName === 'article'],
    ['body', (element) => element.tagName === 'body'],
  ];
  for (const [source, test] of wishes) {
    const roots = outermost(document, test);
    if (roots.length > 0) return { roots, source };
  }
  return { roots: [], source: 'body' };
}
