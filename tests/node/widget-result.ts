// SPDX-License-Identifier: Apache-2.0
import type { PageResult } from '../../web/widget/held-order.js';

/** A result of its own page, with what a test wants to say of it. */
export function makeResult(
  id: string,
  { page = id, ...rest }: Partial<PageResult> & { page?: string } = {},
): PageResult {
  return {
    id,
    title: `Title of ${id}`,
    headings: [],
    text: `Text of ${id}`,
    score: 1,
    groupBonus: 0,
    scores: { lexical: 1, static: 0, contextual: 0 },
    tier: 'lexical',
    passage: [0, 4],
    snippet: { text: `Text of ${id}`, matches: [] },
    metadata: { page, url: `/${page}` },
    dropped: 0,
    ...rest,
  };
}
