// SPDX-License-Identifier: Apache-2.0
// data-mayfly-* and, with the same meaning, data-pagefind-*.
// The values' syntax and what they do follow https://pagefind.app/docs/ (indexing, metadata, filtering,
// sorts, weighting).
import { attribute, elementsOf, type Element, type Node } from './elements.js';

const PREFIXES = ['data-mayfly-', 'data-pagefind-'];
/** Words of the filter language, so no names of filters. */
export const RESERVED_FILTERS: ReadonlySet<string> = new Set(['any', 'all', 'none', 'not']);

/** Mayfly's own attribute wins. */
export function annotation(element: Element, name: string): string | undefined {
  for (const prefix of PREFIXES) {
    const value = attribute(element, prefix + name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export const isMarkedBody = (element: Element) => annotation(element, 'body') !== undefined;

/** `text`: not searched, but annotations within count. `all`: as if it were not there. */
export function ignored(element: Element): 'no' | 'text' | 'all' {
  const value = annotation(element, 'ignore');
  if (value === undefined) return 'no';
  return value.trim().toLowerCase() === 'all' ? 'all' : 'text';
}

/** 0 to 10, or undefined where none is given or it is no number. */
export function weightOf(element: Element): number | undefined {
  const value = annotation(element, 'weight');
  if (value === undefined || value.trim() === '') return undefined;
  const weight = Number(value);
  return Number.isFinite(weight) ? Math.min(10, Math.max(0, weight)) : undefined;
}

/** Values of the attributes that are to be read as text: `title,alt`. */
export function indexedAttributes(element: Element): string[] {
  const names = annotation(element, 'index-attrs')?.split(',') ?? [];
  return names.flatMap((name) => attribute(element, name.trim().toLowerCase()) ?? []);
}

export interface Capture {
  readonly key: string;
  readonly value: string;
}

/**
 * `key` takes the element's text, `key[attr]` an attribute, `key:value` what stands there. Several are
 * separated by commas; `key:value` goes on to the end, commas and all.
 */
export function parseCaptures(
  syntax: string,
  element: Element,
  textOf: (element: Element) => string,
): Capture[] {
  const captures: Capture[] = [];
  for (let rest = syntax; rest.trim() !== '';) {
    const [, part = '', after = ''] = /^([^,:]*)([\s\S]*)$/.exec(rest)!;
    if (after.startsWith(':')) {
      captures.push({ key: part.trim(), value: after.slice(1).trim() });
      break;
    }
    rest = after.slice(1);
    const [, key = '', name] = /^([^[]*)(?:\[([^\]]*)\])?/.exec(part.trim())!;
    const value =
      name === undefined ? textOf(element) : (attribute(element, name.trim().toLowerCase()) ?? '');
    captures.push({ key: key.trim(), value: value.trim() });
  }
  return captures.filter(({ key, value }) => key !== '' && value !== '');
}

export interface PageAnnotations {
  readonly meta: Map<string, string>;
  readonly filters: Map<string, string[]>;
  readonly sort: Map<string, string>;
}

/** Of the whole page, its head too: they count wherever they are, except within `ignore="all"`. */
export function readAnnotations(page: Node, textOf: (element: Element) => string): PageAnnotations {
  const meta = new Map<string, string>();
  const fallback = new Map<string, string>();
  const filters = new Map<string, string[]>();
  const sort = new Map<string, string>();
  const setFirst =
    (map: Map<string, string>) =>
    ({ key, value }: Capture) => {
      if (!map.has(key)) map.set(key, value);
    };
  const addFilter = ({ key, value }: Capture) => {
    const values = filters.get(key) ?? [];
    if (!values.includes(value)) filters.set(key, [...values, value]);
  };
  const sinks: [string, (capture: Capture) => void][] = [
    ['meta', setFirst(meta)],
    ['default-meta', setFirst(fallback)],
    ['filter', addFilter],
    ['sort', setFirst(sort)],
  ];
  for (const element of elementsOf(page, (one) => ignored(one) !== 'all')) {
    if (ignored(element) === 'all') continue;
    for (const [name, sink] of sinks) {
      const syntax = annotation(element, name);
      if (syntax) parseCaptures(syntax, element, textOf).forEach(sink);
    }
  }
  for (const [key, value] of fallback) if (!meta.has(key)) meta.set(key, value);
  return { meta, filters, sort };
}
