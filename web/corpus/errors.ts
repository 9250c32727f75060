// SPDX-License-Identifier: Apache-2.0

/** Stable names: a published code is never renamed. */
export const CORPUS_ERROR_CODES = [
  'corpus-unavailable',
  'corpus-invalid',
  'corpus-version',
  'corpus-checksum-mismatch',
] as const;

/**
 * - `corpus-unavailable`: a file of the corpus could not be downloaded: look at its address.
 * - `corpus-invalid`: a file is not what the format says: write the corpus again.
 * - `corpus-version`: the corpus was written in another version of the format: use one version of the package.
 * - `corpus-checksum-mismatch`: a file is not the one that the manifest names: upload all of the folder.
 */
export type CorpusErrorCode = (typeof CORPUS_ERROR_CODES)[number];

/** `message` says what is wrong and what to do. (An abort rejects with the signal's reason instead.) */
export class CorpusError extends Error {
  /** `'CorpusError'`. */
  override readonly name = 'CorpusError';
  /** What is wrong, for programs. */
  readonly code: CorpusErrorCode;

  /** For hosts that stand in for the reader, such as tests. */
  constructor(code: CorpusErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
