// SPDX-License-Identifier: Apache-2.0
// Reading parse5's tree. Every walk keeps its own stack: pages nest as deeply as they like.
import type { DefaultTreeAdapterTypes } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
export type Node = DefaultTreeAdapterTypes.Node;
export type Document = DefaultTreeAdapterTypes.Document;

export const isElement = (node: Node): node is Element => 'tagName' in node;
export const isText = (node: Node): node is DefaultTreeAdapterTypes.TextNode =>
  node.nodeName === '#text';

/** Not what is within <template>: it is no part of the page. */
export function childrenOf(node: Node): readonly Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** The attribute's value, '' where it has none, undefined where there is no such attribute. */
export function attribute(element: Element, name: string): string | undefined {
  for (const candidate of element.attrs) if (candidate.name === name) return candidate.value;
  return undefined;
}

export function hasClass(element: Element, pattern: RegExp): boolean {
  const names = attribute(element, 'class');
  return names !== undefined && names.split(/\s+/).some((name) => pattern.test(name));
}

export function parentElement(element: Element): Element | undefined {
  const parent = element.parentNode;
  return parent && isElement(parent) ? parent : undefined;
}

/** Elements in document order; `enter` false leaves out what is within. */
export function* elementsOf(
  root: Node,
  enter: (element: Element) => boolean = () => true,
): Generator<Element> {
  const waiting: Node[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (isElement(node)) {
      yield node;
      if (!enter(node)) continue;
    }
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i]!);
  }
}

export function isWithin(element: Element, test: (ancestor: Element) => boolean): boolean {
  for (let at = parentElement(element); at; at = parentElement(at)) if (test(at)) return true;
  return false;
}
