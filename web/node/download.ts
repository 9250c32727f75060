// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MayflyError, type MayflyErrorCode } from '../client/errors.js';
import { download as fetched } from '../client/worker/download.js';

/** The page's form, which also reads `file:` addresses: Node's `fetch` refuses them. */
export async function download(
  url: string,
  code: MayflyErrorCode,
  what: string,
  signal: AbortSignal | null = null,
): Promise<Response> {
  if (!url.startsWith('file:')) return fetched(url, code, what, signal);
  try {
    const bytes = await readFile(fileURLToPath(url), signal ? { signal } : {});
    return new Response(bytes, { headers: { 'content-length': String(bytes.length) } });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new MayflyError(code, `the ${what} at ${url} could not be read (${why})`, { cause });
  }
}
