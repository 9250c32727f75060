// SPDX-License-Identifier: Apache-2.0
import { tellingMatches } from './function-words.js';
import type { PageResult } from './held-order.js';
import type { Messages } from './messages.js';

/** Why a result is where it is. */
export interface Explanation {
  /** Telling words of the query as they stand in the snippet, each once, as written first. */
  readonly words: readonly string[];
  /** BM25; 0 where no word occurs. */
  readonly lexical: number;
  /** Cosine by the static model, -1 to 1; undefined where it has not read the passage. */
  readonly static: number | undefined;
  /** The same by the transformer. */
  readonly contextual: number | undefined;
}

/** Where explanations come from: one may ask the engine for more than an answer carries. */
export type Explain = (result: PageResult) => Explanation;

/** From what every answer carries. */
export const explainFromScores: Explain = ({ snippet, scores }) => {
  const words = new Map<string, string>();
  for (const [begin, end] of tellingMatches(snippet.text, snippet.matches)) {
    const word = snippet.text.slice(begin, end);
    const key = word.toLowerCase();
    if (!words.has(key)) words.set(key, word);
  }
  return {
    words: [...words.values()],
    lexical: scores.lexical,
    static: scores.static === 0 ? undefined : scores.static,
    contextual: scores.contextual === 0 ? undefined : scores.contextual,
  };
};

/** In a line: "Words: leave, baby · word score 6.1 · meaning 0.62". */
export function whyText(explanation: Explanation, messages: Messages): string {
  const { words, lexical, contextual } = explanation;
  const score = (value: number) => messages.number(value, 2);
  const found = words.length > 0 ? words.join(', ') : messages.text('noWords');
  const parts = [`${messages.text('words')}: ${found}`];
  if (lexical > 0) parts.push(messages.text('wordScore', { score: messages.number(lexical, 1) }));
  if (contextual !== undefined) parts.push(messages.text('meaning', { score: score(contextual) }));
  if (explanation.static !== undefined) {
    parts.push(messages.text('quickMeaning', { score: score(explanation.static) }));
  }
  return parts.join(' · ');
}
