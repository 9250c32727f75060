// SPDX-License-Identifier: Apache-2.0
import type { Asked } from './questions-engine.js';

export interface FailedQuestion {
  readonly line: number;
  readonly question: string;
  readonly expected: readonly string[];
  /** From 1; null where no page that was shown is one of them. */
  readonly place: number | null;
  /** What came first instead; null where nothing was found. */
  readonly first: { readonly address: string; readonly title: string } | null;
}

/** What `--json` prints under "questions". Fields are added, never renamed. */
export interface QuestionsReport {
  readonly file: string;
  /** The best that answered: `contextual`, `static`, or `lexical` without models. */
  readonly tier: Asked['tier'];
  readonly asked: number;
  readonly first: number;
  /** Found among the first so many pages, and how many that is. */
  readonly top: number;
  readonly found: number;
  /** Not among the pages that are shown. */
  readonly missed: number;
  /** `found` of `asked`, 0 to 1. */
  readonly share: number;
  /** Mean of 1 / place; 0 for those that were missed. */
  readonly meanReciprocalRank: number;
  /** Per cent that must be found; null where nothing is asked. */
  readonly least: number | null;
  readonly failed: readonly FailedQuestion[];
}

export function toQuestionsReport(
  file: string,
  { tier, questions }: Asked,
  top: number,
  least: number | null,
): QuestionsReport {
  const found = questions.filter(({ place }) => place !== null && place <= top);
  const ranks = questions.map(({ place }) => (place === null ? 0 : 1 / place));
  return {
    file,
    tier,
    asked: questions.length,
    first: questions.filter(({ place }) => place === 1).length,
    top,
    found: found.length,
    missed: questions.filter(({ place }) => place === null).length,
    share: found.length / questions.length,
    meanReciprocalRank: ranks.reduce((sum, rank) => sum + rank, 0) / questions.length,
    least,
    failed: questions
      .filter((one) => !found.includes(one))
      .map(({ question, place, first }) => ({
        line: question.line,
        question: question.text,
        expected: question.addresses.map(({ written }) => written),
        place,
        first,
      })),
  };
}

/** Fewer were found than must be. Whole numbers: no share is rounded. */
export function tooFewFound({ found, asked, least }: QuestionsReport): boolean {
  return least !== null && found * 100 < least * asked;
}

export const percent = (share: number) => `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;

function failedLines({ line, question, expected, place, first }: FailedQuestion): string[] {
  const where = place === null ? 'not found' : `in place ${place}`;
  const instead = first ? `first: ${first.address} (${first.title})` : 'nothing was found';
  return [`    ${question} (line ${line})`, `      ${expected.join(' ')} ${where}; ${instead}`];
}

/** For people, below the report of the build. */
export function questionsText(report: QuestionsReport): string {
  const { asked, first, top, found, missed, share, meanReciprocalRank, failed } = report;
  return [
    `questions of ${report.file} (${report.tier})`,
    `  ${asked} asked: ${first} found first, ${found} in the top ${top} (${percent(share)}), ` +
      `${missed} not at all; mean reciprocal rank ${meanReciprocalRank.toFixed(3)}`,
    ...(failed.length > 0 ? [`  not in the top ${top}`] : []),
    ...failed.flatMap(failedLines),
  ].join('\n');
}
