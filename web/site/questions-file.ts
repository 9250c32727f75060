// SPDX-License-Identifier: Apache-2.0
// The file of --questions: a line is a question, a tab, and the addresses of pages that answer it, with spaces between
// them. Empty lines and lines that begin with # are skipped.
import { readFile } from 'node:fs/promises';
import { SiteError } from './errors.js';

/** A page, or a heading of it. */
export interface Address {
  /** As the file has it. */
  readonly written: string;
  readonly page: string;
  /** Undefined: anywhere on the page. */
  readonly anchor: string | undefined;
}

export interface Question {
  /** Of the file, from 1. */
  readonly line: number;
  readonly text: string;
  /** At least one. */
  readonly addresses: readonly Address[];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseAddress(written: string): Address {
  const [page = '', ...rest] = written.split('#');
  return { written, page, anchor: decoded(rest.join('#')) || undefined };
}

/** `name` is what errors call the file. */
export function parseQuestions(content: string, name: string): Question[] {
  const questions: Question[] = [];
  for (const [index, row] of content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (row.trim() === '' || row.startsWith('#')) continue;
    const line = index + 1;
    const bad = (what: string) => new SiteError('invalid-questions', `${name}:${line}: ${what}`);
    const fields = row.split('\t').map((field) => field.trim());
    const [text = '', addresses = ''] = fields;
    if (fields.length === 1) {
      throw bad('a question, a tab and the address of its answer are needed; there is no tab');
    }
    if (fields.length > 2) throw bad('there is a second tab; separate addresses by spaces');
    if (text === '') throw bad('there is no question before the tab');
    if (addresses === '') throw bad('there is no address after the tab');
    questions.push({ line, text, addresses: addresses.split(/ +/).map(parseAddress) });
  }
  if (questions.length > 0) return questions;
  throw new SiteError('invalid-questions', `${name} holds no question`);
}

export async function readQuestions(path: string, name: string): Promise<Question[]> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (cause) {
    const { message } = cause as Error;
    throw new SiteError('unreadable', `${name} cannot be read: ${message}`, { cause });
  }
  return parseQuestions(content, name);
}
