// SPDX-License-Identifier: Apache-2.0
import { absolute } from './absolute-url.js';
import { defaultModel } from './default-model.js';
import { MayflyError } from './errors.js';
import type {
  KernelChoice,
  MayflyOptions,
  ModelFile,
  ModelLocation,
  SearchTier,
} from './options.js';
import type { LoadRequest, ModelRequest, ModelSource, ModuleSource } from './protocol/messages.js';
import { coreFile, kernelPackFile } from './worker-files.js';

function toSource(value: ModelLocation): ModelSource {
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) return { bytes: value };
  const url = (value as ModelFile | undefined)?.url ?? value;
  if (typeof url === 'string' || url instanceof URL) return { url: absolute(url) };
  throw new MayflyError('invalid-argument', 'model and wasm are a URL or bytes');
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
  /** What these wait for. */
  readonly after: Promise<unknown> | undefined;
}

const WAITS: readonly SearchTier[] = ['lexical', 'static', 'contextual'];

/** The models in the order of their tiers. */
function toModels(options: MayflyOptions): { models: ModelRequest[]; statics: number } {
  const integrity = options.integrity ?? true;
  const request = (model: ModelLocation, sha256: string | undefined): ModelRequest => ({
    model: toSource(model),
    sha256: (sha256 ?? (model as ModelFile).sha256)?.toLowerCase(),
    size: (model as ModelFile).bytes,
    integrity,
  });
  const models: ModelRequest[] = [];
  // Bytes without a checksum cannot be verified; a file's manifest says what it should be.
  if (options.staticModel !== undefined) models.push(request(options.staticModel, undefined));
  const statics = models.length;
  if (options.model !== null) {
    models.push(request(options.model ?? defaultModel(), options.sha256));
  }
  return { models, statics };
}

/** Whoever brings a worker of their own has these files beside it, unless they say where. */
function toModule(
  value: string | URL | ArrayBuffer | Uint8Array | undefined,
  own: () => string | undefined,
  { createWorker, workerUrl }: MayflyOptions,
): ModuleSource {
  if (value !== undefined) return toSource(value);
  const url = createWorker || workerUrl !== undefined ? undefined : own();
  return url === undefined ? undefined : { url };
}

export function toLoadPlan(options: MayflyOptions): LoadPlan {
  const { models, statics } = toModels(options);
  const waitFor = options.waitFor ?? 'contextual';
  if (!WAITS.includes(waitFor)) {
    throw new MayflyError('invalid-argument', `waitFor is one of ${WAITS.join(', ')}`);
  }
  const first = waitFor === 'lexical' ? 0 : waitFor === 'static' ? statics : models.length;
  return {
    first: {
      models: models.slice(0, first),
      wasm: toModule(options.wasmBinary ?? options.wasmUrl, coreFile, options),
      kernelPack: toModule(options.kernelPackUrl, kernelPackFile, options),
      kernels: toKernelChoice(options.kernels ?? 'auto'),
    },
    later: models.slice(first),
    after: options.modelsAfter,
  };
}
