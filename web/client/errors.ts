// SPDX-License-Identifier: Apache-2.0

/** Codes that the C++ core throws (src/base/error_codes.inc; a test compares the two lists). */
export const CORE_ERROR_CODES = [
  'invalid-argument',
  'invalid-model',
  'unsupported-model',
  'invalid-tokenizer',
  'checksum-mismatch',
  'token-out-of-range',
  'dimension-mismatch',
  'space-mismatch',
  'duplicate-id',
  'not-found',
  'disposed',
  'out-of-memory',
  'io',
  'internal',
] as const;

/**
 * Codes that the client adds:
 * - `model-unavailable`: the model or its manifest could not be downloaded.
 * - `engine-unavailable`: the worker script or the WebAssembly file could not be loaded.
 * - `kernels-unavailable`: the kernels that were asked for cannot run in this browser.
 * - `insecure-context`: the page has no SubtleCrypto to verify the model with (http, not localhost).
 * - `worker-crashed`: the worker died; the next call starts a fresh one.
 * - `collection-lost`: the worker died with the documents of a collection made with `restore: false`.
 */
export const CLIENT_ERROR_CODES = [
  'model-unavailable',
  'engine-unavailable',
  'kernels-unavailable',
  'insecure-context',
  'worker-crashed',
  'collection-lost',
] as const;

/** Stable names: a published code is never renamed. */
export type MayflyErrorCode =
  (typeof CORE_ERROR_CODES)[number] | (typeof CLIENT_ERROR_CODES)[number];

const KNOWN_CODES: ReadonlySet<string> = new Set([...CORE_ERROR_CODES, ...CLIENT_ERROR_CODES]);

export function isMayflyErrorCode(code: unknown): code is MayflyErrorCode {
  return typeof code === 'string' && KNOWN_CODES.has(code);
}

/**
 * Every failure that is not an abort. `message` is a sentence that says what is wrong and what to
 * do; `code` is for programs. (An abort rejects with the signal's own reason instead.)
 */
export class MayflyError extends Error {
  override readonly name = 'MayflyError';
  readonly code: MayflyErrorCode;

  constructor(code: MayflyErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
