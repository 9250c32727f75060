// SPDX-License-Identifier: Apache-2.0
import { MayflyError, type MayflyErrorCode } from '../errors.js';
import type { ModelSource } from '../protocol/messages.js';

/** A response that can be the file: reachable, successful, and not an HTML error page. */
export async function download(
  url: string,
  code: MayflyErrorCode,
  what: string,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new MayflyError(code, `the ${what} at ${url} could not be reached`, { cause });
  }
  if (!response.ok) {
    throw new MayflyError(code, `the ${what} at ${url} answered with status ${response.status}`);
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new MayflyError(code, `${url} is an HTML page, not a ${what}; check the address`);
  }
  return response;
}

/** What the caller passed as bytes, or the file at the URL that it or the package names. */
export async function fetchBytes(
  source: ModelSource | undefined,
  defaultUrl: URL,
  code: MayflyErrorCode,
  what: string,
): Promise<ArrayBuffer | Uint8Array> {
  if (source && 'bytes' in source) return source.bytes;
  return (await download(source?.url ?? defaultUrl.href, code, what)).arrayBuffer();
}
