// SPDX-License-Identifier: Apache-2.0
// Boilerplate: what stands on most pages tells none of them from another.
import type { Block } from './blocks.js';

/** On fewer pages, repetition means little. */
const FEWEST_PAGES = 5;

const keyOf = ({ kind, text }: Block) => `${kind} ${text}`;

export interface RepeatedBlocks {
  has(block: Block): boolean;
  /** Most frequent first. */
  readonly found: readonly { readonly text: string; readonly pages: number }[];
}

/** Blocks that are on more than half of the pages. Pages with the same content count once. */
export function findRepeated(pages: readonly (readonly Block[])[]): RepeatedBlocks {
  const different = new Map(pages.map((blocks) => [blocks.map(keyOf).join('\n'), blocks]));
  const counts = new Map<string, number>();
  for (const blocks of different.values()) {
    for (const key of new Set(blocks.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const repeated = new Map(
    [...counts].filter(([, count]) => different.size >= FEWEST_PAGES && count * 2 > different.size),
  );
  const found = [...repeated]
    .filter(([key]) => !key.startsWith('heading '))
    .map(([key, count]) => ({ text: key.slice(key.indexOf(' ') + 1), pages: count }))
    .sort((a, b) => b.pages - a.pages || (a.text < b.text ? -1 : 1));
  return { has: (block) => repeated.has(keyOf(block)), found };
}
