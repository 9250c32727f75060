// SPDX-License-Identifier: Apache-2.0
// `<template slot="result">`: the site's own markup for a result. Its author is trusted, the corpus is
// not: values are set as text, and as addresses only after a check.
import type { PageResult } from './held-order.js';
import { highlighted } from './highlight.js';
import { safeUrl } from './safe-url.js';

/** `title`, `text`, `snippet`, `heading`, `headings`, `score`, `tier`, or `meta.NAME` for the metadata's. */
export function bound(result: PageResult, name: string): string {
  if (name.startsWith('meta.')) {
    const key = name.slice('meta.'.length);
    const places = [result.metadata?.['meta'], result.metadata];
    const found = places.find((place) => place instanceof Object && Object.hasOwn(place, key));
    return plain((found as Record<string, unknown> | undefined)?.[key]);
  }
  switch (name) {
    case 'title':
    case 'text':
    case 'tier':
      return result[name];
    case 'snippet':
      return result.snippet.text;
    case 'heading':
      return result.headings.at(-1) ?? '';
    case 'headings':
      return result.headings.join(' › ');
    case 'score':
      return result.score.toFixed(2);
    default:
      return '';
  }
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * A copy of the template's content with
 * - `data-text="NAME"` replaced by text (`snippet` with its words marked),
 * - `data-src="NAME"` on images set when it is an http(s) address,
 * - elements with `data-if="NAME"` left out where there is nothing.
 *
 * When it is one `<a>`, that is the link; otherwise the caller makes one around it.
 */
export function fillTemplate(
  template: HTMLTemplateElement,
  result: PageResult,
  base: string,
): DocumentFragment | HTMLAnchorElement {
  const content = document.importNode(template.content, true);
  for (const element of content.querySelectorAll<HTMLElement>('[data-if]')) {
    if (bound(result, element.dataset['if'] ?? '') === '') element.remove();
  }
  for (const element of content.querySelectorAll<HTMLElement>('[data-text]')) {
    const name = element.dataset['text'] ?? '';
    if (name === 'snippet') {
      element.replaceChildren(...highlighted(result.snippet.text, result.snippet.matches));
    } else element.textContent = bound(result, name);
  }
  for (const image of content.querySelectorAll<HTMLImageElement>('img[data-src]')) {
    const url = safeUrl(bound(result, image.dataset['src'] ?? ''), base);
    if (url !== undefined) image.src = url;
    if (!image.hasAttribute('alt')) image.alt = '';
  }
  const [only, ...others] = content.children;
  return others.length === 0 && only instanceof HTMLAnchorElement ? only : content;
}
