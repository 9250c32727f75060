// SPDX-License-Identifier: Apache-2.0

/** What the site's owner may want to mend: code (never renamed) and sentence. */
export const WARNINGS = {
  'empty-page': 'have no text to search and were left out',
  'missing-title': 'have neither h1 nor <title>; their file name stands in',
  'duplicate-page': 'have the title and text of another page and were left out',
  'duplicate-title': 'share their title with another page',
  'no-main-content':
    'mark no main content; <main> or data-mayfly-body keeps menus out of the results',
  'missing-language': 'do not say their language; <html lang> does',
  'broken-encoding': 'are not in the encoding that they declare, or declare none',
  'canonical-elsewhere': 'name a page as canonical that is not on this site; they were kept',
  'reserved-filter': 'use any, all, none or not as a filter name; those were ignored',
  'page-too-large': 'are larger than --max-page-size and were left out',
  'unreadable-page': 'could not be read and were left out',
  'asset-missing': 'are missing in the installed package and were not copied',
  'cache-unusable': 'could not be used as a cache; every page was read anew',
} as const;

export type WarningCode = keyof typeof WARNINGS;

export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  /** Files that it is about, some with what exactly is the matter. */
  readonly files: readonly string[];
}

export class WarningList {
  readonly #files = new Map<WarningCode, string[]>();

  add(code: WarningCode, file: string): void {
    const files = this.#files.get(code);
    if (files) files.push(file);
    else this.#files.set(code, [file]);
  }

  /** In the order of the table above. */
  all(): Warning[] {
    return (Object.keys(WARNINGS) as WarningCode[]).flatMap((code) => {
      const files = this.#files.get(code);
      return files ? [{ code, message: WARNINGS[code], files }] : [];
    });
  }
}
