// SPDX-License-Identifier: Apache-2.0
// The inner loops that a browser runs: chosen, forced, missing; the same vectors in every case.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import type * as Package from '../../web/client/index.js';
import { repositoryFile } from '../node/repository.js';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness();

const TEXTS = [
  'How do I cancel a request that is already running?',
  '',
  'Déjà vu 東京 🙂 naïve',
  'the cat sat on the mat '.repeat(60),
];

/** Creates an engine with these options; its kernels and the vectors of TEXTS, or the error's code. */
function embedWith(options: Package.MayflyOptions) {
  return harness.page.evaluate(
    async ({ settings, texts }) => {
      try {
        const engine = await window.mayfly.Mayfly.create(settings);
        const embeddings = await engine.embed(texts);
        engine.dispose();
        return {
          kernels: engine.info.kernels,
          vectors: embeddings.map(({ vector }) => [...vector]),
        };
      } catch (error) {
        return { code: (error as { code: string }).code };
      }
    },
    { settings: options, texts: TEXTS },
  );
}

test('forced kernels are the ones that run, and all give the same vectors bit for bit', async () => {
  const expected = await embedWith({ kernels: 'scalar' });
  assert.equal(expected.kernels, 'scalar');
  for (const kernels of ['simd128', 'relaxed', 'relaxed_dot'] as const) {
    const got = await embedWith({ kernels });
    assert.equal(got.kernels, kernels);
    assert.deepEqual(got.vectors, expected.vectors, kernels);
  }
});

test('the vectors are those of the native program, bit for bit', async () => {
  const { vectors } = await embedWith({});
  const native = execFileSync(
    repositoryFile('build/native/mayfly'),
    ['embed', '--model', repositoryFile('build/models/minilm.safetensors'), '--jsonl'],
    { input: TEXTS.map((text) => JSON.stringify({ text }) + '\n').join('') },
  );
  const lines = native.toString().trim().split('\n');
  const expected = lines.map((line) =>
    (JSON.parse(line) as { embedding: number[] }).embedding.map(Math.fround),
  );
  assert.deepEqual(vectors, expected);
});

test('without its kernel pack the engine takes simd128, unless another was forced', async () => {
  const kernelPackUrl = '/nothing.wasm';
  assert.equal((await embedWith({ kernelPackUrl })).kernels, 'simd128');
  assert.equal((await embedWith({ kernelPackUrl: '/favicon.svg' })).kernels, 'simd128');
  const forced = await embedWith({ kernelPackUrl, kernels: 'relaxed' });
  assert.deepEqual(forced, { code: 'kernels-unavailable' });
  const wrong = await embedWith({ kernels: 'fast' as Package.KernelChoice });
  assert.deepEqual(wrong, { code: 'invalid-argument' });
});

test('auto takes relaxed kernels where the browser has them', async () => {
  const { kernels } = await embedWith({});
  assert.match(kernels ?? '', /^relaxed(_dot)?$/);
});
