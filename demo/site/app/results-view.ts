// SPDX-License-Identifier: Apache-2.0
import type { SearchResult, Snippet } from 'mayfly';
import type { PassageInfo } from './corpus.js';
import { element, make } from './elements.js';

const list = element('results', HTMLOListElement);

/** The snippet with the query's words marked; all of it is text, whatever it says. */
function excerpt({ text, matches }: Snippet): HTMLParagraphElement {
  const paragraph = make('p', 'passage', '');
  let at = 0;
  for (const [begin, end] of matches) {
    paragraph.append(text.slice(at, begin), make('mark', '', text.slice(begin, end)));
    at = end;
  }
  paragraph.append(text.slice(at));
  return paragraph;
}

/** What the score is made of, in words. */
function why({ tier, scores }: SearchResult<PassageInfo>): string {
  const words = scores.lexical > 0 ? `words ${scores.lexical.toFixed(1)} (BM25)` : 'no common word';
  if (tier === 'lexical') return words;
  const cosine = tier === 'contextual' ? scores.contextual : scores.static;
  return `meaning ${cosine.toFixed(2)} (cosine, ${tier} vectors), ${words}`;
}

function card(result: SearchResult<PassageInfo>): HTMLLIElement {
  const { title, headings, metadata, score, tier, snippet } = result;
  const link = make('a', '', title);
  link.href = metadata.url;
  // This tab holds everything that has been understood: leaving it would forget that.
  link.target = '_blank';
  link.rel = 'noopener';
  const where = make('p', 'where', '');
  const shown = make(
    'span',
    'score',
    tier === 'lexical' ? 'by words' : `match ${score.toFixed(2)}`,
  );
  shown.title = why(result);
  where.append(make('span', '', metadata.section), shown);
  const article = make('article', 'result', '');
  article.append(where, link);
  const [heading] = headings;
  if (heading && heading !== title) article.append(make('p', 'heading', heading));
  article.append(excerpt(snippet));
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
