// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';

/** Absolute, by the page's base: the worker would resolve a relative URL by its own. */
export function absolute(url: string | URL): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    return new URL(url, base).href;
  } catch (cause) {
    throw new MayflyError('invalid-argument', `"${url}" is not a usable URL`, { cause });
  }
}
