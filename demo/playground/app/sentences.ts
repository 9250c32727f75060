// SPDX-License-Identifier: Apache-2.0

/** The matrix is square: more than these are a wall of numbers. */
export const MOST_SENTENCES = 24;

export interface Sentences {
  /** Without spaces around them, empty lines left out. */
  readonly texts: readonly string[];
  /** Lines beyond the most that are read. */
  readonly left: number;
}

export function readSentences(text: string): Sentences {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return {
    texts: lines.slice(0, MOST_SENTENCES),
    left: Math.max(0, lines.length - MOST_SENTENCES),
  };
}
