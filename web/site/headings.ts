// SPDX-License-Identifier: Apache-2.0
import {
  attribute,
  childrenOf,
  elementsOf,
  isElement,
  parentElement,
  type Element,
} from './elements.js';

/** Elements that generators put around a section or a heading and give the heading's id. */
const WRAPPERS = new Set(['section', 'div', 'header', 'hgroup', 'article', 'summary', 'li', 'dt']);
const WRAPPERS_DEEP = 3;
/** Elements whose id is a place within the text, as of definitions in an API reference. */
const PLACES = new Set(['section', 'dt']);

/** 1 to 6, or 0 for what is no heading. */
export function headingLevel(element: Element): number {
  const level = /^h([1-6])$/.exec(element.tagName)?.[1];
  if (level) return Number(level);
  if (attribute(element, 'role')?.toLowerCase() !== 'heading') return 0;
  const given = Number(attribute(element, 'aria-level') ?? 2);
  return given >= 1 ? Math.min(6, Math.floor(given)) : 2;
}

const idOf = (element: Element) => attribute(element, 'id')?.trim() || undefined;

/** Of an element that can be jumped to and is no heading. */
export function ownAnchor(element: Element): string | undefined {
  if (element.tagName === 'a')
    return idOf(element) ?? (attribute(element, 'name')?.trim() || undefined);
  return PLACES.has(element.tagName) ? idOf(element) : undefined;
}

const firstElement = (element: Element) => childrenOf(element).find(isElement);

/** Its id, else one within it, else one of an element that begins with it. */
export function headingAnchor(heading: Element): string | undefined {
  const own = idOf(heading);
  if (own) return own;
  for (const inner of elementsOf(heading)) {
    const anchor = inner.tagName === 'a' ? ownAnchor(inner) : idOf(inner);
    if (anchor) return anchor;
  }
  let begins: Element = heading;
  let outer = parentElement(heading);
  for (let steps = 0; outer && steps < WRAPPERS_DEEP; steps++, outer = parentElement(outer)) {
    if (!WRAPPERS.has(outer.tagName) || firstElement(outer) !== begins) return undefined;
    const id = idOf(outer);
    if (id) return id;
    begins = outer;
  }
  return undefined;
}
