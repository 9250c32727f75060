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

/** Codes that the client adds. */
export const CLIENT_ERROR_CODES = [
  'model-unavailable',
  'engine-unavailable',
  'kernels-unavailable',
  'insecure-context',
  'worker-crashed',
  'collection-lost',
] as const;

/**
 * Stable names: a published code is never renamed. What to do:
 *
 * - `invalid-argument`: mend the call; the message names the argument and what it may be.
 * - `duplicate-id`, `not-found`: of documents; `add` takes new ids, `update` and `explain` known ones.
 * - `model-unavailable`: the model or its manifest could not be downloaded: look at its address.
 * - `checksum-mismatch`: the file is not the one that its manifest names: publish both again.
 * - `invalid-model`, `unsupported-model`, `invalid-tokenizer`: the file is no model that this version reads.
 * - `token-out-of-range`, `dimension-mismatch`, `space-mismatch`: vectors or tokens of another model.
 * - `engine-unavailable`: the worker script or the WebAssembly file could not be loaded: look at their
 *   addresses and at the policy of the page.
 * - `kernels-unavailable`: the kernels that were asked for cannot run in this browser.
 * - `insecure-context`: no SubtleCrypto to verify the model with: serve by https, or `integrity: false`.
 * - `worker-crashed`: the worker died; the next call starts a fresh one.
 * - `collection-lost`: it died with the documents of a collection made with `restore: false`: `clear`
 *   and add them again.
 * - `disposed`: the engine or collection was disposed.
 * - `out-of-memory`: the device has no more: use fewer documents or workers.
 * - `io`, `internal`: should not happen in a browser; please report it.
 */
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
  /** `'MayflyError'`. */
  override readonly name = 'MayflyError';
  /** What is wrong, for programs. */
  readonly code: MayflyErrorCode;

  /** For hosts that stand in for the engine, such as tests. */
  constructor(code: MayflyErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
