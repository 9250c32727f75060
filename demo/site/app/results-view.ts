// SPDX-License-Identifier: Apache-2.0
import type { SearchResult } from 'mayfly';
import type { PassageInfo } from './corpus.js';
import { element, make } from './elements.js';

const list = element('results', HTMLOListElement);

function card({ text, score, metadata }: SearchResult<PassageInfo>): HTMLLIElement {
  const link = make('a', '', metadata.title);
  link.href = metadata.url;
  // This tab holds everything that has been understood: leaving it would forget that.
  link.target = '_blank';
  link.rel = 'noopener';
  const where = make('p', 'where', '');
  const shown = make('span', 'score', `match ${score.toFixed(2)}`);
  shown.title = 'Cosine of question and passage; 1 is the same meaning';
  where.append(make('span', '', metadata.section), shown);
  const article = make('article', 'result', '');
  article.append(where, link);
  if (metadata.heading && metadata.heading !== metadata.title) {
    article.append(make('p', 'heading', metadata.heading));
  }
  article.append(make('p', 'passage', text.slice(metadata.begin)));
  const item = document.createElement('li');
  item.append(article);
  return item;
}

/** Focus inside the list keeps its place: whoever moves fast meets the answers to the last letter. */
export function showResults(results: readonly SearchResult<PassageInfo>[]): void {
  const place = resultLinks().findIndex((link) => link === document.activeElement);
  list.replaceChildren(...results.map(card));
  if (place >= 0) resultLinks()[Math.min(place, results.length - 1)]?.focus();
}

export function resultLinks(): HTMLAnchorElement[] {
  return [...list.querySelectorAll('a')];
}
