// SPDX-License-Identifier: Apache-2.0
import { MayflyError, type MayflyErrorCode } from '../errors.js';

/** A response that can be the file: reachable, successful, and not an HTML error page. */
export async function download(
  url: string,
  code: MayflyErrorCode,
  what: string,
  signal: AbortSignal | null = null,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
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
