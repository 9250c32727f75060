// SPDX-License-Identifier: Apache-2.0

/**
 * Whatever ends the command without a result, and the exit code that says so to scripts:
 * 1 for what is wrong with files, 2 for what is wrong with the call, 3 for warnings under --strict,
 * 4 for questions without an answer.
 */
export const SITE_ERROR_CODES = {
  'unknown-command': 2,
  'unknown-option': 2,
  'invalid-option': 2,
  'invalid-config': 2,
  'missing-folder': 2,
  'invalid-questions': 2,
  'no-pages': 1,
  unreadable: 1,
  unwritable: 1,
  'serve-failed': 1,
  'search-failed': 1,
  warnings: 3,
  'too-few-found': 4,
  internal: 1,
} as const;

export type SiteErrorCode = keyof typeof SITE_ERROR_CODES;

/** `message` says what is wrong and what to do; `code` is for programs and is never renamed. */
export class SiteError extends Error {
  override readonly name = 'SiteError';
  readonly code: SiteErrorCode;

  constructor(code: SiteErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  get exitCode(): number {
    return SITE_ERROR_CODES[this.code];
  }
}
