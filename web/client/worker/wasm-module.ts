// SPDX-License-Identifier: Apache-2.0
import type { MayflyErrorCode } from '../errors.js';
import type { ModuleSource } from '../protocol/messages.js';
import { download } from './download.js';

const WASM_TYPE = /^application\/wasm\b/i;

/**
 * A compiled module: the one that was handed over, or what the caller or the package names,
 * compiled while it arrives where the server gives it the type that browsers insist on for that.
 * Errors: `code` where it cannot be had, WebAssembly.CompileError where this browser cannot compile
 * it.
 */
export async function loadModule(
  source: ModuleSource,
  defaultUrl: URL,
  code: MayflyErrorCode,
  what: string,
): Promise<WebAssembly.Module> {
  if (source && 'module' in source) return source.module;
  if (source && 'bytes' in source) return WebAssembly.compile(source.bytes as BufferSource);
  const response = await download(source?.url ?? defaultUrl.href, code, what);
  const streams = WASM_TYPE.test(response.headers.get('content-type') ?? '');
  return streams && WebAssembly.compileStreaming
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
