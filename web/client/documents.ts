// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';

/** A page, a passage, a message: what a search finds. */
export interface MayflyDocument<Metadata = unknown> {
  /** Non-empty, unique in the collection. */
  id: string;
  /** Plain text, or Markdown. Of any length: it is cut into passages of about 128 tokens. */
  text: string;
  /** Its words count twice, and each passage is read beneath it. */
  title?: string | undefined;
  /** The headings above the text, outermost first. Treated like the title, but count once. */
  headings?: readonly string[] | undefined;
  /**
   * Yours: any JSON value. Comes back with each hit as a copy. Of an object, keys with strings,
   * numbers, booleans or arrays of those can be asked for by a `filter`; its words are not searched.
   */
  metadata?: Metadata;
}

/** A document as it crosses to the worker: metadata as JSON ('' for none), headings one a line. */
export interface PackedDocument {
  readonly id: string;
  readonly text: string;
  readonly metadata: string;
  readonly title: string;
  readonly headings: string;
}

/** Strings per document where many are in one array. */
export const DOCUMENT_PARTS = 5;

function invalid(message: string, cause?: unknown): MayflyError {
  return new MayflyError('invalid-argument', message, { cause });
}

export function requireString(value: unknown, what: string): string {
  if (typeof value !== 'string') throw invalid(`${what} must be a string, not ${typeof value}`);
  return value;
}

export function requireStrings(values: unknown, what: string): readonly string[] {
  if (!Array.isArray(values)) throw invalid(`${what} must be an array of strings`);
  values.forEach((value, index) => requireString(value, `${what}[${index}]`));
  return values;
}

function metadataToJson(metadata: unknown, index: number): string {
  if (metadata === undefined) return '';
  let json: string | undefined;
  try {
    json = JSON.stringify(metadata);
  } catch (cause) {
    throw invalid(`documents[${index}].metadata cannot be written as JSON`, cause);
  }
  if (json === undefined) throw invalid(`documents[${index}].metadata is not a JSON value`);
  return json;
}

/** Checks and copies; the caller may change its documents afterwards. */
export function packDocuments(documents: unknown): PackedDocument[] {
  if (!Array.isArray(documents)) throw invalid('documents must be an array');
  return documents.map((document: Partial<MayflyDocument> | null | undefined, index) => {
    const id = requireString(document?.id, `documents[${index}].id`);
    if (id === '') throw invalid(`documents[${index}].id must not be empty`);
    const text = requireString(document?.text, `documents[${index}].text`);
    const title = requireString(document?.title ?? '', `documents[${index}].title`);
    const headings = requireStrings(document?.headings ?? [], `documents[${index}].headings`);
    const metadata = metadataToJson(document?.metadata, index);
    return { id, text, metadata, title, headings: headings.join('\n') };
  });
}

/** id, text, metadata, title, headings of each in turn, as the protocol wants them. */
export function flatten(documents: Iterable<PackedDocument>): string[] {
  const strings: string[] = [];
  for (const { id, text, metadata, title, headings } of documents) {
    strings.push(id, text, metadata, title, headings);
  }
  return strings;
}

export function parseMetadata(json: string): unknown {
  return json === '' ? undefined : JSON.parse(json);
}
