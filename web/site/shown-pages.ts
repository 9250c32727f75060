// SPDX-License-Identifier: Apache-2.0
// What the search elements ask for, and what they show of it before anybody asks for more. They are not loaded
// here; a test holds the two together.
import type { SearchResult } from 'mayfly';

export const SHOWN_PAGES = {
  k: 10,
  groupBy: 'page',
  perGroup: 6,
  fold: true,
  weightBy: 'weight',
} as const;
/** Headings of a page besides that of its best passage. */
const HEADINGS_SHOWN = 3;

export type PageMetadata = { readonly page: string; readonly anchor?: string };

/** Of a page's best passage, then of the others that are links of their own; '' for the top of the page. */
export function anchorsShown(result: SearchResult<PageMetadata>): string[] {
  const best = result.metadata.anchor ?? '';
  const others = new Set((result.more ?? []).map(({ metadata }) => metadata.anchor ?? ''));
  others.delete(best);
  return [best, ...[...others].slice(0, HEADINGS_SHOWN)];
}
