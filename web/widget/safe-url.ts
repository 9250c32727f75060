// SPDX-License-Identifier: Apache-2.0

/**
 * The address, absolute, when it may stand in a link: http and https only. A corpus is text that
 * others may have written, so `javascript:` and its relatives give undefined.
 */
export function safeUrl(url: unknown, base: string): string | undefined {
  if (typeof url !== 'string') return undefined;
  let parsed: URL;
  try {
    parsed = new URL(url, base);
  } catch {
    return undefined;
  }
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined;
}
