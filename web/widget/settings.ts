// SPDX-License-Identifier: Apache-2.0
// What the attributes say, and what goes without saying.
import type { SessionSettings } from './sessions.js';

/** Where `mayfly site` writes the corpus: beside the package's files. */
const DEFAULT_CORPUS = './corpus/manifest.json';
/** Apart, because bundlers take `new URL(..., import.meta.url)` for a file to pack. */
const HERE = import.meta.url;

function address(value: string | null, base: string): string | undefined {
  return value === null || value === '' ? undefined : new URL(value, base).href;
}

/** `none` leaves a model out. */
function modelOf(value: string | null, base: string): string | null | undefined {
  return value === 'none' ? null : address(value, base);
}

export function readSettings(element: Element): SessionSettings {
  const { baseURI } = element;
  return {
    corpus: address(element.getAttribute('corpus'), baseURI) ?? new URL(DEFAULT_CORPUS, HERE).href,
    language: pageLanguage(element),
    model: modelOf(element.getAttribute('model'), baseURI),
    staticModel: modelOf(element.getAttribute('static-model'), baseURI),
    shared: element.hasAttribute('shared'),
  };
}

/** The nearest `lang`, through shadow trees. */
function pageLanguage(element: Element): string | null {
  for (let at: Element | null = element; at;) {
    const nearest: Element | null = at.closest('[lang]');
    if (nearest) return nearest.getAttribute('lang');
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** The languages to try for the element's own words: the page's, then the visitor's. */
export function languagesOf(element: Element): (string | null)[] {
  return [pageLanguage(element), ...navigator.languages];
}

/** `panel`: results over the page, below the box. `page`: in the flow of the page. `dialog`: in a modal. */
export type Layout = 'panel' | 'page' | 'dialog';

export function layoutOf(element: Element): Layout {
  const layout = element.getAttribute('layout');
  return layout === 'page' || layout === 'dialog' ? layout : 'panel';
}
