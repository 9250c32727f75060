// SPDX-License-Identifier: Apache-2.0
import type { CoreBuffer, CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { LoadProgress } from '../options.js';
import type { ModelRequest } from '../protocol/messages.js';
import { verifySha256 } from './checksum.js';
import { download } from './download.js';
import { fetchManifest } from './manifest.js';

/** Progress messages of a download whose size is known. */
const REPORTS = 40;

type Report = (progress: LoadProgress) => void;

interface ExpectedFile {
  url: string;
  /** Undefined where only the server can say. */
  bytes: number | undefined;
  sha256: string | undefined;
}

/** Finds out which file is meant and what is known about it. */
async function resolveFile(
  url: string,
  request: ModelRequest,
  signal: AbortSignal | undefined,
): Promise<ExpectedFile> {
  const isManifest = new URL(url).pathname.endsWith('.json');
  const known = request.sha256 !== undefined || !request.integrity;
  if (!isManifest && known) return { url, bytes: request.size, sha256: request.sha256 };
  const manifest = await fetchManifest(isManifest ? url : manifestBeside(url), signal);
  return {
    url: isManifest ? manifest.url : url,
    bytes: manifest.bytes,
    sha256: request.sha256 ?? manifest.sha256,
  };
}

function manifestBeside(url: string): string {
  const manifest = new URL(url);
  if (!manifest.pathname.endsWith('.safetensors')) {
    throw new MayflyError(
      'invalid-argument',
      `nothing says which file ${url} should be: pass the URL of its manifest, its sha256, ` +
        'or integrity: false',
    );
  }
  manifest.pathname = manifest.pathname.replace(/\.safetensors$/, '.json');
  return manifest.href;
}

/** Only trusted where it counts the bytes that will arrive. */
function contentLength(response: Response): number | undefined {
  if (response.headers.get('content-encoding')) return undefined;
  const length = Number(response.headers.get('content-length') ?? NaN);
  return Number.isSafeInteger(length) && length > 0 ? length : undefined;
}

function wrongLength(url: string, actual: string, expected: number): MayflyError {
  return new MayflyError(
    'checksum-mismatch',
    `the model file at ${url} has ${actual} bytes, its manifest says ${expected}; load it again`,
  );
}

/** Reads the body; calls `write` with each piece and its position. Returns the byte count. */
async function readBody(
  response: Response,
  url: string,
  write: (chunk: Uint8Array, offset: number) => void,
): Promise<number> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let offset = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new MayflyError('model-unavailable', `the download of ${url} broke off`, { cause });
    });
    if (done) return offset;
    write(value, offset);
    offset += value.length;
  }
}

/** The usual way: the size is known, and each piece goes straight into the wasm memory. */
async function streamIntoCore(
  core: CoreModule,
  response: Response,
  url: string,
  size: number,
  report: Report,
): Promise<CoreBuffer> {
  const buffer = new core.Buffer(size);
  try {
    let reported = 0;
    const received = await readBody(response, url, (chunk, offset) => {
      const loaded = offset + chunk.length;
      if (loaded > size) throw wrongLength(url, 'more', size);
      buffer.view().set(chunk, offset);
      // Hundreds of messages would take longer than a download from a cache.
      if (loaded < size && loaded - reported < size / REPORTS) return;
      reported = loaded;
      report({ stage: 'download', loaded, total: size });
    });
    if (received !== size) throw wrongLength(url, String(received), size);
    return buffer;
  } catch (error) {
    buffer.delete();
    throw error;
  }
}

async function collect(response: Response, url: string, report: Report): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const size = await readBody(response, url, (chunk, offset) => {
    chunks.push(chunk);
    report({ stage: 'download', loaded: offset + chunk.length, total: undefined });
  });
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function copyIntoCore(core: CoreModule, bytes: ArrayBuffer | Uint8Array): CoreBuffer {
  const buffer = new core.Buffer(bytes.byteLength);
  buffer.view().set(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
  return buffer;
}

/** A model file of which the first bytes are there, and what it should be. */
export interface OpenedModel {
  content: { url: string; response: Response } | { bytes: ArrayBuffer | Uint8Array };
  /** Undefined where only the content can say. */
  size: number | undefined;
  /** Undefined where nothing is to be verified. */
  sha256: string | undefined;
}

/** Finds the file and starts its download, which ends with `signal`. */
export async function openModel(
  request: ModelRequest,
  signal?: AbortSignal | undefined,
): Promise<OpenedModel> {
  const { model, integrity } = request;
  if ('bytes' in model) {
    const sha256 = integrity ? request.sha256 : undefined;
    return { content: model, size: model.bytes.byteLength, sha256 };
  }
  const { url, bytes, sha256 } = await resolveFile(model.url, request, signal);
  const response = await download(url, 'model-unavailable', 'model file', signal);
  return {
    content: { url, response },
    size: bytes ?? contentLength(response),
    sha256: integrity ? sha256 : undefined,
  };
}

/** The file in the page's memory, not yet verified. */
export async function collectModel(
  { content, size }: OpenedModel,
  report: Report,
): Promise<Uint8Array> {
  if ('bytes' in content) return new Uint8Array(content.bytes);
  const { url, response } = content;
  const bytes = await collect(response, url, ({ stage, loaded }) =>
    report({ stage, loaded, total: size }),
  );
  if (size !== undefined && bytes.length !== size) throw wrongLength(url, `${bytes.length}`, size);
  return bytes;
}

/** The file in the wasm memory, not yet verified. The caller deletes the buffer. */
export async function receiveModel(
  core: CoreModule,
  { content, size }: OpenedModel,
  report: Report,
): Promise<CoreBuffer> {
  if ('bytes' in content) return copyIntoCore(core, content.bytes);
  const { url, response } = content;
  return size === undefined
    ? copyIntoCore(core, await collect(response, url, report))
    : streamIntoCore(core, response, url, size, report);
}

/** Nothing may be parsed before this has resolved. Where it rejects it has deleted the buffer. */
export async function verifyModel(file: CoreBuffer, { sha256 }: OpenedModel): Promise<void> {
  try {
    if (sha256 !== undefined) await verifySha256(file.view(), sha256);
  } catch (error) {
    file.delete();
    throw error;
  }
}
