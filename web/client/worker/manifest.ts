// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from '../errors.js';
import { download } from './download.js';

/** What stands beside a model file: written by the converter, e.g. `minilm.json`. */
export interface ModelManifest {
  /** Absolute URL of the model file. */
  url: string;
  /** Exact size. */
  bytes: number;
  /** Of the file, 64 lower-case hexadecimal digits. */
  sha256: string;
}

export function parseManifest(json: string, manifestUrl: string): ModelManifest {
  const bad = (what: string) =>
    new MayflyError('model-unavailable', `${manifestUrl} is not a model manifest: ${what}`);
  let fields: { file?: unknown; bytes?: unknown; sha256?: unknown } | null;
  try {
    fields = JSON.parse(json);
  } catch {
    throw bad('it is not JSON');
  }
  const { file, bytes, sha256 } = fields ?? {};
  if (typeof file !== 'string' || file === '') throw bad('"file" is missing');
  if (!Number.isSafeInteger(bytes) || (bytes as number) <= 0) throw bad('"bytes" is missing');
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256))
    throw bad('"sha256" is missing');
  return {
    url: new URL(file, manifestUrl).href,
    bytes: bytes as number,
    sha256: sha256.toLowerCase(),
  };
}

export async function fetchManifest(
  url: string,
  signal?: AbortSignal | undefined,
): Promise<ModelManifest> {
  const response = await download(url, 'model-unavailable', 'model manifest', signal);
  return parseManifest(await response.text(), url);
}
