// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from './errors.js';
import type { KernelChoice, MayflyOptions } from './options.js';
import type { LoadRequest, ModelSource } from './protocol/messages.js';

/** Absolute, by the page's base: the worker would resolve a relative URL by its own. */
function absolute(url: string | URL): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  try {
    return new URL(url, base).href;
  } catch (cause) {
    throw new MayflyError('invalid-argument', `"${url}" is not a usable URL`, { cause });
  }
}

function toSource(value: string | URL | ArrayBuffer | Uint8Array): ModelSource {
  if (typeof value === 'string' || value instanceof URL) return { url: absolute(value) };
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) return { bytes: value };
  throw new MayflyError('invalid-argument', 'model and wasm are a URL, an ArrayBuffer or bytes');
}

const KERNEL_CHOICES: readonly KernelChoice[] = [
  'auto',
  'relaxed_dot',
  'relaxed',
  'simd128',
  'scalar',
];

function toKernelChoice(value: KernelChoice): KernelChoice {
  if (KERNEL_CHOICES.includes(value)) return value;
  throw new MayflyError('invalid-argument', `kernels is one of ${KERNEL_CHOICES.join(', ')}`);
}

export function toLoadRequest(options: MayflyOptions): LoadRequest {
  const wasm = options.wasmBinary ?? options.wasmUrl;
  return {
    model: toSource(options.model ?? new URL('./models/minilm.json', import.meta.url)),
    sha256: options.sha256?.toLowerCase(),
    integrity: options.integrity ?? true,
    wasm: wasm === undefined ? undefined : toSource(wasm),
    kernelPack: options.kernelPackUrl === undefined ? undefined : toSource(options.kernelPackUrl),
    kernels: toKernelChoice(options.kernels ?? 'auto'),
  };
}
