// SPDX-License-Identifier: Apache-2.0
import type { CorpusShelf } from './format.js';

const primary = (language: string) => language.toLowerCase().split('-')[0];

/** 2 for the same tag, 1 for the same language in another region or script, 0 else. */
function closeness(language: string, wished: string): number {
  if (language.toLowerCase() === wished.toLowerCase()) return 2;
  return primary(language) === primary(wished) ? 1 : 0;
}

/**
 * The shelves of the first wished language that the corpus has: the same tag alone, else all of the same
 * language. Pages that name no language come along. Without wishes, or where none is met: all.
 */
export function chooseShelves(
  shelves: readonly CorpusShelf[],
  wishes: readonly string[] = [],
): readonly CorpusShelf[] {
  for (const wish of wishes) {
    const best = Math.max(0, ...shelves.map(({ language }) => closeness(language, wish)));
    if (best > 0) {
      return shelves.filter(
        ({ language }) => closeness(language, wish) === best || language === 'und',
      );
    }
  }
  return shelves;
}
