// SPDX-License-Identifier: Apache-2.0
// Whether what was downloaded is a corpus. Every check throws CorpusError with the place of the defect.
import { CorpusError } from './errors.js';
import {
  CORPUS_ENCODINGS,
  CORPUS_FORMAT,
  CORPUS_VERSION,
  type CorpusFile,
  type CorpusManifest,
  type CorpusPage,
  type CorpusPassage,
  type CorpusShelf,
} from './format.js';

/** Far above what is written; a file is unpacked into memory of the size that the manifest says. */
const LARGEST_FILE = 64 * 1024 * 1024;

type Fields = Record<string, unknown>;

function fail(where: string, wish: string): never {
  throw new CorpusError(
    'corpus-invalid',
    `${where} is not ${wish}: this is not a Mayfly corpus; run mayfly site again`,
  );
}

function object(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(where, 'an object');
  return value as Fields;
}

function list(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(where, 'an array');
}

function text(value: unknown, where: string): string {
  return typeof value === 'string' ? value : fail(where, 'a string');
}

function count(value: unknown, where: string): number {
  const whole = Number.isSafeInteger(value) && (value as number) >= 0;
  return whole ? (value as number) : fail(where, 'a whole number');
}

function checkFile(value: unknown, where: string): CorpusFile {
  const file = object(value, where);
  if (!/^[0-9a-f]{64}$/.test(text(file['sha256'], `${where}.sha256`))) {
    fail(`${where}.sha256`, '64 hexadecimal digits');
  }
  if (count(file['bytes'], `${where}.bytes`) > LARGEST_FILE) {
    fail(`${where}.bytes`, `at most ${LARGEST_FILE}`);
  }
  count(file['count'], `${where}.count`);
  return value as CorpusFile;
}

function checkShelf(value: unknown, where: string): CorpusShelf {
  const shelf = object(value, where);
  text(shelf['language'], `${where}.language`);
  for (const name of ['pages', 'passages', 'words']) count(shelf[name], `${where}.${name}`);
  for (const [files, total] of [
    ['pageFiles', 'pages'],
    ['passageFiles', 'passages'],
  ] as const) {
    const checked = list(shelf[files], `${where}.${files}`).map((file, index) =>
      checkFile(file, `${where}.${files}[${index}]`),
    );
    const sum = checked.reduce((all, file) => all + file.count, 0);
    if (sum !== shelf[total]) fail(`${where}.${total}`, `the sum of its files, ${sum}`);
  }
  return value as CorpusShelf;
}

/** Other fields are left alone: a later writer may add some without a new version. */
export function checkManifest(value: unknown): CorpusManifest {
  const manifest = object(value, 'the manifest');
  if (manifest['format'] !== CORPUS_FORMAT) fail('the manifest', `of format "${CORPUS_FORMAT}"`);
  if (manifest['version'] !== CORPUS_VERSION) {
    throw new CorpusError(
      'corpus-version',
      `the corpus has version ${String(manifest['version'])}, this reader reads ${CORPUS_VERSION}: ` +
        'use the same version of mayfly for the page and for the site command',
    );
  }
  text(manifest['base'], 'base');
  for (const name of ['model', 'staticModel']) {
    if (manifest[name] !== undefined && manifest[name] !== null) text(manifest[name], name);
  }
  for (const name of ['pages', 'passages', 'words']) count(manifest[name], name);
  const encodings = list(manifest['encodings'], 'encodings');
  if (!CORPUS_ENCODINGS.some((known) => encodings.includes(known))) {
    fail('encodings', `a list with one of ${CORPUS_ENCODINGS.join(', ')}`);
  }
  list(manifest['languages'], 'languages').forEach((shelf, index) =>
    checkShelf(shelf, `languages[${index}]`),
  );
  return value as CorpusManifest;
}

function checkFields(value: unknown, where: string, one: (value: unknown, at: string) => void) {
  if (value === undefined) return;
  for (const [key, field] of Object.entries(object(value, where))) one(field, `${where}.${key}`);
}

export function checkPage(value: unknown, where: string): CorpusPage {
  const page = object(value, where);
  text(page['url'], `${where}.url`);
  text(page['title'], `${where}.title`);
  if (page['dir'] !== undefined && page['dir'] !== 'rtl') fail(`${where}.dir`, '"rtl"');
  checkFields(page['filters'], `${where}.filters`, (values, at) =>
    list(values, at).forEach((one) => text(one, at)),
  );
  checkFields(page['meta'], `${where}.meta`, text);
  checkFields(page['sort'], `${where}.sort`, text);
  return value as CorpusPage;
}

/** `pages`: of the shelf; a passage names one of them. */
export function checkPassage(value: unknown, pages: number, where: string): CorpusPassage {
  const [page, ordinal, anchor, headings, words, weight] = list(value, where);
  if (count(page, `${where}[0]`) >= pages) fail(`${where}[0]`, `a page below ${pages}`);
  count(ordinal, `${where}[1]`);
  text(anchor, `${where}[2]`);
  list(headings, `${where}[3]`).forEach((heading) => text(heading, `${where}[3]`));
  text(words, `${where}[4]`);
  if (weight !== undefined && !(typeof weight === 'number' && weight >= 0 && weight <= 10)) {
    fail(`${where}[5]`, 'a weight from 0 to 10');
  }
  return value as unknown as CorpusPassage;
}

/** A file's list, of as many entries as the manifest says. */
export function checkList(value: unknown, file: CorpusFile, where: string): readonly unknown[] {
  const entries = list(value, where);
  if (entries.length !== file.count) fail(where, `a list of ${file.count}`);
  return entries;
}
