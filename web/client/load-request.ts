// SPDX-License-Identifier: Apache-2.0
import { absolute } from './absolute-url.js';
import { MayflyError } from './errors.js';
import type { KernelChoice, MayflyOptions, ModelLocation, SearchTier } from './options.js';
import type { LoadRequest, ModelRequest, ModelSource } from './protocol/messages.js';

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

/** What the worker loads before it is sealed, and what the page brings it afterwards. */
export interface LoadPlan {
  readonly first: LoadRequest;
  readonly later: readonly ModelRequest[];
}

const WAITS: readonly SearchTier[] = ['lexical', 'static', 'contextual'];

/** The models in the order of their tiers. */
function toModels(options: MayflyOptions): { models: ModelRequest[]; statics: number } {
  const integrity = options.integrity ?? true;
  const request = (model: ModelLocation, sha256: string | undefined): ModelRequest => ({
    model: toSource(model),
    sha256,
    integrity,
  });
  const models: ModelRequest[] = [];
  // Bytes without a checksum cannot be verified; a file's manifest says what it should be.
  if (options.staticModel !== undefined) models.push(request(options.staticModel, undefined));
  const statics = models.length;
  if (options.model !== null) {
    const model = options.model ?? new URL('./models/minilm.json', import.meta.url);
    models.push(request(model, options.sha256?.toLowerCase()));
  }
  return { models, statics };
}

export function toLoadPlan(options: MayflyOptions): LoadPlan {
  const wasm = options.wasmBinary ?? options.wasmUrl;
  const { models, statics } = toModels(options);
  const waitFor = options.waitFor ?? 'contextual';
  if (!WAITS.includes(waitFor)) {
    throw new MayflyError('invalid-argument', `waitFor is one of ${WAITS.join(', ')}`);
  }
  const first = waitFor === 'lexical' ? 0 : waitFor === 'static' ? statics : models.length;
  return {
    first: {
      models: models.slice(0, first),
      wasm: wasm === undefined ? undefined : toSource(wasm),
      kernelPack: options.kernelPackUrl === undefined ? undefined : toSource(options.kernelPackUrl),
      kernels: toKernelChoice(options.kernels ?? 'auto'),
    },
    later: models.slice(first),
  };
}
