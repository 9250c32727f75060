// SPDX-License-Identifier: Apache-2.0
import type { CoreBuffer, CoreModule } from '../core/core.js';
import { MayflyError } from '../errors.js';
import type { LoadProgress } from '../options.js';
import type { LoadRequest } from '../protocol/messages.js';
import { verifySha256 } from './checksum.js';
import { download } from './download.js';
import { fetchManifest } from './manifest.js';

type Report = (progress: LoadProgress) => void;

interface ExpectedFile {
  url: string;
  /** Undefined where only the server can say. */
  bytes: number | undefined;
  sha256: string | undefined;
}

/** Finds out which file is meant and what is known about it. */
async function resolveFile(url: string, request: LoadRequest): Promise<ExpectedFile> {
  const isManifest = new URL(url).pathname.endsWith('.json');
  const known = request.sha256 !== undefined || !request.integrity;
  if (!isManifest && known) return { url, bytes: undefined, sha256: request.sha256 };
  const manifest = await fetchManifest(isManifest ? url : manifestBeside(url));
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
    const received = await readBody(response, url, (chunk, offset) => {
      if (offset + chunk.length > size) throw wrongLength(url, 'more', size);
      buffer.view().set(chunk, offset);
      report({ stage: 'download', loaded: offset + chunk.length, total: size });
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

async function downloadModel(core: CoreModule, file: ExpectedFile, report: Report) {
  const response = await download(file.url, 'model-unavailable', 'model file');
  const size = file.bytes ?? contentLength(response);
  return size === undefined
    ? copyIntoCore(core, await collect(response, file.url, report))
    : streamIntoCore(core, response, file.url, size, report);
}

/**
 * The model file in the wasm memory, verified. Nothing is parsed before its checksum holds. The
 * caller deletes the buffer.
 */
export async function fetchModel(
  core: CoreModule,
  request: LoadRequest,
  report: Report,
): Promise<CoreBuffer> {
  const { model } = request;
  const file = 'url' in model ? await resolveFile(model.url, request) : undefined;
  const buffer = file
    ? await downloadModel(core, file, report)
    : copyIntoCore(core, (model as { bytes: ArrayBuffer | Uint8Array }).bytes);
  const sha256 = file ? file.sha256 : request.sha256;
  const size = buffer.view().length;
  report({ stage: 'prepare', loaded: size, total: size });
  try {
    if (request.integrity && sha256 !== undefined) await verifySha256(buffer.view(), sha256);
    return buffer;
  } catch (error) {
    buffer.delete();
    throw error;
  }
}
