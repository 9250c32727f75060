// SPDX-License-Identifier: Apache-2.0
import type { SearchTier } from './options.js';
import type { Calls } from './protocol/messages.js';
import type { MayflyDocument } from './documents.js';
import type { ResultScores, TextRange } from './results.js';
import { TIERS } from './search-results.js';
import { toUtf16Places } from './utf16-offsets.js';

/** What a word of the query added to BM25. */
export interface ExplainedWord {
  /** In the query. */
  readonly range: TextRange;
  /** Of the document, without capitals and accents. */
  readonly word: string;
  /** The word itself, one that it begins, or one that it resembles. */
  readonly kind: 'exact' | 'prefix' | 'typo';
  /** Its part of BM25, above 0. */
  readonly score: number;
}

/** Which token of the document is nearest to a token of the query. */
export interface ExplainedToken {
  /** In the query. */
  readonly range: TextRange;
  /** Where the nearest token is. */
  readonly field: 'title' | 'headings' | 'text';
  /** In that field; headings are joined by line feeds. */
  readonly target: TextRange;
  /** Of the two tokens' vectors, -1 to 1. */
  readonly cosine: number;
}

/** Why a document is where it is in the answer to a query: `Collection.explain`. */
export interface Explanation {
  /** Of the document. */
  readonly id: string;
  /** `cosine + lexicalWeight * BM25 + nameBonus`. */
  readonly score: number;
  /** What the score was made of. */
  readonly tier: SearchTier;
  /** By kind. */
  readonly scores: ResultScores;
  /** What one point of BM25 adds to the score, at least 0; it follows the query. */
  readonly lexicalWeight: number;
  /** Above 0 where the query is, or is in, the title or a heading. */
  readonly nameBonus: number;
  /** Its place in the answer, from 1; undefined where it is not among the first 100. */
  readonly rank: number | undefined;
  /** False where the filter, a phrase or an excluded word keeps it out. */
  readonly allowed: boolean;
  /** The passage that carried the match. */
  readonly passage: TextRange;
  /** Best first. */
  readonly words: readonly ExplainedWord[];
  /** Late interaction of query and passage; none without the transformer. */
  readonly tokens: readonly ExplainedToken[];
  /** Mean of the tokens' cosines (MaxSim). */
  readonly tokenScore: number;
}

const KINDS = ['exact', 'prefix', 'typo'] as const;
const FIELDS = ['title', 'headings', 'text'] as const;
const SCORES = 7;
/** Place of `tokenScore` among them. */
export const TOKEN_SCORE = 5;
const NUMBERS = 5;

type Texts = Pick<MayflyDocument, 'id' | 'text'> & { title: string; headings: string };

/** A reply of the worker as the caller gets it. */
export function toExplanation(
  { scores, numbers, words }: Calls['explain']['reply'],
  query: string,
  document: Texts,
  rank: number | undefined,
): Explanation {
  const [score = 0, lexicalWeight = 0, lexical = 0, contextual = 0, statically = 0] = scores;
  const [tier = 0, allowed, passageBegin = 0, passageEnd = 0, wordCount = 0] = numbers;
  const range = (text: string, at: number): TextRange =>
    toUtf16Places(text, numbers.subarray(at, at + 2)) as unknown as TextRange;
  const tokensAt = NUMBERS + 3 * wordCount;
  return {
    id: document.id,
    score,
    tier: TIERS[tier] as SearchTier,
    scores: { contextual, static: statically, lexical },
    lexicalWeight,
    nameBonus: scores[6] ?? 0,
    rank,
    allowed: allowed === 1,
    passage: toUtf16Places(document.text, [passageBegin, passageEnd]) as unknown as TextRange,
    words: words.map((word, i) => ({
      range: range(query, NUMBERS + 3 * i),
      word,
      kind: KINDS[numbers[NUMBERS + 3 * i + 2] as number] ?? 'exact',
      score: scores[SCORES + i] as number,
    })),
    tokens: Array.from({ length: (numbers.length - tokensAt) / 5 }, (_, i) => {
      const at = tokensAt + 5 * i;
      const field = FIELDS[numbers[at + 2] as number] ?? 'text';
      return {
        range: range(query, at),
        field,
        target: range(document[field], at + 3),
        cosine: scores[SCORES + words.length + i] as number,
      };
    }),
    tokenScore: scores[TOKEN_SCORE] ?? 0,
  };
}
