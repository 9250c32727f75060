// SPDX-License-Identifier: Apache-2.0

/**
 * - `corpus-unavailable`: a file of the corpus could not be downloaded.
 * - `corpus-invalid`: a file is not what the format says.
 * - `corpus-version`: the corpus was written in another version of the format.
 * - `corpus-checksum-mismatch`: a file is not the one that the manifest names.
 *
 * Stable names: a published code is never renamed.
 */
export const CORPUS_ERROR_CODES = [
  'corpus-unavailable',
  'corpus-invalid',
  'corpus-version',
  'corpus-checksum-mismatch',
] as const;

export type CorpusErrorCode = (typeof CORPUS_ERROR_CODES)[number];

/** `message` says what is wrong and what to do. (An abort rejects with the signal's reason instead.) */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
  readonly code: CorpusErrorCode;

  constructor(code: CorpusErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
