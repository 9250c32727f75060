// SPDX-License-Identifier: Apache-2.0
import type { CopiedAssets } from './assets.js';
import { questionsText, type QuestionsReport } from './questions-report.js';
import type { LeftOut, Site } from './site-pages.js';
import type { Warning } from './warnings.js';
import type { WrittenCorpus } from './write-corpus.js';

/** What `--json` prints. Fields are added, never renamed. */
export interface Report {
  readonly folder: string;
  readonly output: string;
  readonly dryRun: boolean;
  /** HTML files looked at, and those that were parsed and not known already. */
  readonly files: number;
  readonly parsed: number;
  readonly pages: number;
  readonly passages: number;
  readonly words: number;
  /** An estimate: no tokenizer is asked. */
  readonly tokensEstimated: number;
  readonly languages: readonly { language: string; pages: number; passages: number }[];
  readonly leftOut: LeftOut;
  readonly repeated: Site['repeated'];
  readonly corpus: WrittenCorpus;
  readonly assets: CopiedAssets | null;
  readonly warnings: readonly Warning[];
  /** Only with --questions. */
  readonly questions?: QuestionsReport;
}

/** Files named after a warning; the rest is counted. */
const FILES_SHOWN = 3;

const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

function bytes(number: number): string {
  if (number < 1000) return `${number} bytes`;
  if (number < 1e6) return `${(number / 1000).toFixed(0)} KB`;
  return `${(number / 1e6).toFixed(1)} MB`;
}

function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

function leftOutLines({ noindex, redirects, unmarked, copies }: LeftOut): string[] {
  const parts = [
    noindex > 0 ? `${noindex} noindex` : '',
    redirects > 0 ? count(redirects, 'redirect') : '',
    unmarked > 0 ? `${unmarked} without data-mayfly-body, which others have` : '',
    copies > 0 ? `${count(copies, 'copy', 'copies')} of a canonical page` : '',
  ].filter(Boolean);
  return parts.length > 0 ? [`  left out: ${parts.join(', ')}`] : [];
}

function warningLines({ code, message, files }: Warning): string[] {
  const shown = files.slice(0, FILES_SHOWN).map((file) => `      ${shorten(file, 110)}`);
  const rest = files.length - shown.length;
  return [
    `  ${code}: ${files.length} ${message}`,
    ...shown,
    ...(rest > 0 ? [`      and ${rest} more (--json names all)`] : []),
  ];
}

/** For people: lines without a last line break. */
export function reportText(report: Report): string {
  const { corpus, assets, repeated, warnings, languages, questions } = report;
  const dry = report.dryRun ? ', nothing written (--dry-run)' : '';
  const tongues = languages.map(({ language, pages }) => `${language} ${pages}`).join(', ');
  return [
    `${report.folder} -> ${report.output}${dry}`,
    `  ${count(report.pages, 'page')}, ${count(report.passages, 'passage')}, ` +
      `${count(report.words, 'word')}, about ${count(report.tokensEstimated, 'token')} (estimated)`,
    `  languages by pages: ${tongues}`,
    `  ${count(report.files, 'file')} read, ${report.parsed} parsed`,
    `  corpus: ${bytes(corpus.downloadBytes)} to download (${bytes(corpus.textBytes)} of text), ` +
      `${count(corpus.files, 'file')}, ${corpus.written} new, ${corpus.removed} removed`,
    ...(assets
      ? [`  package: ${count(assets.files, 'file')}, ${bytes(assets.bytes)}, ${assets.copied} new`]
      : []),
    ...leftOutLines(report.leftOut),
    ...(repeated.length > 0
      ? [
          `  boilerplate dropped: ${count(repeated.length, 'block')} on most pages, e.g. ` +
            `"${shorten(repeated[0]!.text, 60)}" (${count(repeated[0]!.pages, 'page')})`,
        ]
      : []),
    ...(warnings.length > 0 ? ['warnings'] : []),
    ...warnings.flatMap(warningLines),
    ...(questions ? [questionsText(questions)] : []),
  ].join('\n');
}
