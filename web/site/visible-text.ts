// SPDX-License-Identifier: Apache-2.0

/** Control characters, soft hyphens, zero-width space, byte order mark: seen by nobody. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b\ufeff]/g;

/** Words with one space between them. */
export function collapse(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** Lines and their indentation stay, as in code. */
export function keepLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

export const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);
