// SPDX-License-Identifier: Apache-2.0
// In place of client/worker/wasm-module.ts: what the caller does not bring comes from this file.
import core from 'mayfly-core.wasm.gz';
import kernels from 'mayfly-kernels.wasm.gz';
import { loadModule as load } from '../client/worker/wasm-module.js';

const WITHIN: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'mayfly-core.wasm': core,
  'mayfly-kernels.wasm': kernels,
};

async function unpack(name: string): Promise<ArrayBuffer> {
  const packed = new Blob([WITHIN[name] as Uint8Array<ArrayBuffer>]);
  const stream = packed.stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** The same contract; `defaultUrl` names one of the files within. */
export const loadModule: typeof load = async (source, defaultUrl, code, what) => {
  const own = source ?? { bytes: await unpack(defaultUrl.pathname.replace(/.*\//, '')) };
  return load(own, defaultUrl, code, what);
};
