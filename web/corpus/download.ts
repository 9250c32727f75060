// SPDX-License-Identifier: Apache-2.0
import { CorpusError } from './errors.js';
import {
  corpusFileName,
  type CorpusEncoding,
  type CorpusFile,
  type CorpusFileKind,
} from './format.js';

/** What a reader needs of `fetch`: an absolute address and a signal. */
export type Fetch = (url: string, init: { signal?: AbortSignal }) => Promise<Response>;

/** Throws the signal's reason where it was aborted, else a CorpusError. */
function fail(url: string, what: string, signal: AbortSignal | undefined, cause?: unknown): never {
  signal?.throwIfAborted();
  throw new CorpusError('corpus-unavailable', `${url} ${what}`, { cause });
}

export async function request(
  url: string,
  fetcher: Fetch,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetcher(url, signal ? { signal } : {});
  } catch (cause) {
    return fail(url, 'could not be reached; check the connection', signal, cause);
  }
  if (!response.ok) {
    fail(
      url,
      `answered ${response.status}; upload the whole folder that mayfly site wrote`,
      signal,
    );
  }
  return response;
}

export async function bodyOf(
  response: Response,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    return fail(url, 'broke off; check the connection', signal, cause);
  }
}

/** Reads to the end; more than `limit` bytes is an error before they fill the memory. */
async function readAll(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const all = new Uint8Array(limit);
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return all.subarray(0, length);
    if (length + value.length > limit) {
      await reader.cancel().catch(() => {});
      throw new RangeError(`more than ${limit} bytes`);
    }
    all.set(value, length);
    length += value.length;
  }
}

async function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return readAll(stream, limit);
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `gzip` where the browser can unpack it and the host has it. */
export function chooseEncoding(encodings: readonly CorpusEncoding[]): CorpusEncoding {
  const canUnpack = typeof DecompressionStream === 'function';
  if (canUnpack && encodings.includes('gzip')) return 'gzip';
  if (encodings.includes('plain')) return 'plain';
  throw new CorpusError(
    'corpus-unavailable',
    'this browser cannot unpack gzip and the corpus has no plain files: run mayfly site with --compression both',
  );
}

export interface DownloadOptions {
  /** The manifest's. */
  readonly manifest: string;
  readonly encoding: CorpusEncoding;
  readonly fetch: Fetch;
  readonly integrity: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * The JSON value in a file. Its length is checked always, its checksum where the page may compute
 * one (https or localhost). Hosts that label .gz files as encoded have the browser unpack them
 * before we see them, so the bytes say whether there is something to unpack, not the name.
 */
export async function downloadFile(
  kind: CorpusFileKind,
  file: CorpusFile,
  { manifest, encoding, fetch, integrity, signal }: DownloadOptions,
): Promise<unknown> {
  const url = new URL(corpusFileName(kind, file.sha256, encoding), manifest).href;
  const response = await request(url, fetch, signal);
  let bytes = await bodyOf(response, url, signal);
  const mismatch = (cause?: unknown) =>
    new CorpusError(
      'corpus-checksum-mismatch',
      `${url} is not the file that the manifest names: upload the whole folder again`,
      { cause },
    );
  if (isGzip(bytes)) {
    try {
      bytes = await gunzip(bytes, file.bytes);
    } catch (cause) {
      signal?.throwIfAborted();
      throw mismatch(cause);
    }
  }
  if (bytes.length !== file.bytes) throw mismatch();
  if (integrity && globalThis.crypto?.subtle && (await sha256(bytes)) !== file.sha256) {
    throw mismatch();
  }
  signal?.throwIfAborted();
  return parseJson(bytes, url);
}

export function parseJson(utf8: Uint8Array, url: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(utf8));
  } catch (cause) {
    throw new CorpusError('corpus-invalid', `${url} is not JSON: run mayfly site again`, { cause });
  }
}
