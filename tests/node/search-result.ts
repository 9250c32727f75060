// SPDX-License-Identifier: Apache-2.0
import type { SearchResult } from '../../web/client/index.js';

/** A result of no tier's doing, with what a test wants to say of it. */
export const searchResult = (id: string, more: Partial<SearchResult> = {}): SearchResult => ({
  id,
  title: '',
  headings: [],
  text: `text of ${id}`,
  score: 1,
  groupBonus: 0,
  scores: { contextual: 0, static: 0, lexical: 0 },
  tier: 'lexical',
  passage: [0, 0],
  snippet: { text: '', matches: [] },
  metadata: undefined,
  dropped: 0,
  ...more,
});
