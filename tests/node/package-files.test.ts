// SPDX-License-Identifier: Apache-2.0
// Which addresses the page's side hands to the worker, and how it gets a worker to start.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { toLoadPlan } from '../../web/client/load-request.js';
import { spawnWorker } from '../../web/client/spawn-worker.js';
import type { MayflyOptions } from '../../web/client/options.js';

const scope = globalThis as Record<string, unknown>;
afterEach(() => {
  delete scope['Worker'];
  delete scope['trustedTypes'];
});

/** Last part of an address. */
const nameOf = (source: unknown) => (source as { url?: string } | undefined)?.url?.split('/').pop();

const modulesOf = (options: MayflyOptions) => {
  const { wasm, kernelPack } = toLoadPlan({ model: null, ...options }).first;
  return [nameOf(wasm), nameOf(kernelPack)];
};

test("the package's own worker is told where the WebAssembly files are", () => {
  assert.deepEqual(modulesOf({}), ['mayfly-core.wasm', 'mayfly-kernels.wasm']);
  assert.deepEqual(modulesOf({ wasmUrl: 'https://a.test/x.wasm' }), [
    'x.wasm',
    'mayfly-kernels.wasm',
  ]);
});

test("a worker of the caller's own looks for them beside itself, unless it is told", () => {
  const createWorker = () => ({}) as Worker;
  assert.deepEqual(modulesOf({ workerUrl: '/w.js' }), [undefined, undefined]);
  assert.deepEqual(modulesOf({ createWorker }), [undefined, undefined]);
  const told = { createWorker, kernelPackUrl: 'https://a.test/k.wasm' };
  assert.deepEqual(modulesOf(told), [undefined, 'k.wasm']);
});

test('a model file brings its size and checksum, which an option may replace', () => {
  const model = { url: 'https://a.test/m.bin', bytes: 5, sha256: 'AB' };
  const planned = (options: MayflyOptions) => toLoadPlan(options).first.models;
  const source = { url: 'https://a.test/m.bin' };
  const plain = { model: source, size: 5, integrity: true };
  assert.deepEqual(planned({ model }), [{ ...plain, sha256: 'ab' }]);
  assert.deepEqual(planned({ model, sha256: 'CD' }), [{ ...plain, sha256: 'cd' }]);
  assert.deepEqual(planned({ model: null, staticModel: model }), [{ ...plain, sha256: 'ab' }]);
  assert.equal(nameOf(planned({})[0]?.model), 'minilm.safetensors');
  for (const wrong of [{}, { url: 5 }, 5]) {
    assert.throws(() => planned({ model: wrong as never }), { code: 'invalid-argument' });
  }
});

/** What was given to `new Worker`. */
function catchWorkers(): unknown[] {
  const started: unknown[] = [];
  scope['Worker'] = class {
    constructor(address: unknown) {
      started.push(address);
    }
  };
  return started;
}

test('under trusted types the worker starts from an address of the policy "mayfly", made once', () => {
  const started = catchWorkers();
  const policies: string[] = [];
  scope['trustedTypes'] = {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }) {
      policies.push(name);
      return { createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }) };
    },
  };
  spawnWorker({});
  spawnWorker({});
  spawnWorker({ workerUrl: '/theirs.js' });
  assert.deepEqual(policies, ['mayfly']);
  assert.match((started[0] as { trusted: string }).trusted, /\/worker\.js$/);
  assert.deepEqual(started[1], started[0]);
  assert.equal(started[2], '/theirs.js', "another's address is theirs to trust");
});
