// SPDX-License-Identifier: Apache-2.0
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * In place of the page's form: what is no URL is a path, relative to the folder that the process runs
 * in. An absolute path comes first, because a drive letter would pass for a scheme.
 */
export function absolute(url: string | URL): string {
  const text = String(url);
  if (!isAbsolute(text) && URL.canParse(text)) return new URL(text).href;
  return pathToFileURL(resolve(text)).href;
}
