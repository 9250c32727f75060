// SPDX-License-Identifier: Apache-2.0

/** UTF-16 units per token of English prose; alphabets at large are not far from it. */
const LATIN_UNITS_PER_TOKEN = 4.5;
/** The model's own two markers. */
const MARKERS = 2;
/** Units looked at to tell the script: enough for a guess, cheap for a megabyte of text. */
const SAMPLE = 64;

/**
 * About how many tokens a text has, without a tokenizer: good enough to cut work into equal pieces.
 * Chinese, Japanese and Korean have about a token per character.
 */
export function estimateTokens(text: string, maxTokens: number): number {
  const sample = Math.min(text.length, SAMPLE);
  let dense = 0;
  for (let i = 0; i < sample; i++) if (text.charCodeAt(i) >= 0x2e80) dense += 1;
  const share = sample === 0 ? 0 : dense / sample;
  const words = text.length * (share + (1 - share) / LATIN_UNITS_PER_TOKEN);
  return Math.min(MARKERS + Math.ceil(words), maxTokens);
}
