// SPDX-License-Identifier: Apache-2.0
// What the built package loads, and what it refuses to load.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type * as Package from '../../web/client/index.js';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness();

test('models that are not what they should be are typed errors', async () => {
  const models = join(harness.site.demoFolder, 'mayfly/models');
  const file = readFileSync(join(models, 'minilm.safetensors'));
  const manifest = JSON.parse(readFileSync(join(models, 'minilm.json'), 'utf8')) as object;
  const write = (name: string, changes: object) =>
    harness.site.write(`damaged/${name}.json`, JSON.stringify({ ...manifest, ...changes }));
  const flipped = Buffer.from(file);
  flipped[file.length >> 1]! ^= 1;
  harness.site.write('damaged/flipped.safetensors', flipped);
  harness.site.write('damaged/short.safetensors', file.subarray(0, 1_000_000));
  harness.site.write('damaged/page.json', '<!doctype html>');
  write('flipped', { file: 'flipped.safetensors' });
  write('short', { file: 'short.safetensors' });
  write('nowhere', { file: 'nowhere.safetensors' });
  const cases: [model: string, code: string, integrity: boolean][] = [
    ['damaged/flipped.json', 'checksum-mismatch', true],
    ['damaged/short.json', 'checksum-mismatch', true],
    ['damaged/short.safetensors', 'invalid-model', false],
    ['damaged/nowhere.json', 'model-unavailable', true],
    ['damaged/page.json', 'model-unavailable', true],
    ['damaged/nothing.json', 'model-unavailable', true],
    ['harness.html', 'invalid-argument', true],
    ['harness.html', 'model-unavailable', false],
  ];
  for (const [model, code, integrity] of cases) {
    const got = await harness.page.evaluate(
      async ({ url, checked }) => {
        try {
          (await window.mayfly.Mayfly.create({ model: url, integrity: checked })).dispose();
          return 'loaded';
        } catch (error) {
          const { name, code: thrown } = error as { name: string; code: string };
          return `${name} ${thrown}`;
        }
      },
      { url: `/${model}`, checked: integrity },
    );
    assert.equal(got, `MayflyError ${code}`, model);
  }
  await harness.assertNoWorkerLeft();
});

test('missing assets of the package are typed errors', async () => {
  const codes = await harness.page.evaluate(async () => {
    const attempt = (options: Package.MayflyOptions) =>
      window.mayfly.Mayfly.create(options).then(
        () => 'loaded',
        (error: { code: string }) => error.code,
      );
    return [
      await attempt({ workerUrl: '/nothing.js' }),
      await attempt({ wasmUrl: '/nothing.wasm' }),
      await attempt({ wasmUrl: '/favicon.svg' }),
      await attempt({ wasmBinary: new Uint8Array([0, 97, 115, 109]) }),
    ];
  });
  assert.deepEqual(codes, Array(4).fill('engine-unavailable'));
});

test('loading reports the bytes of the model and can be aborted in the middle', async () => {
  const outcome = await harness.page.evaluate(async () => {
    const seen: Package.LoadProgress[] = [];
    (
      await window.mayfly.Mayfly.create({ onProgress: (progress) => seen.push(progress) })
    ).dispose();
    const controller = new AbortController();
    let reports = 0;
    const aborted = await window.mayfly.Mayfly.create({
      signal: controller.signal,
      onProgress: () => {
        reports += 1;
        controller.abort();
      },
    }).catch((error: Error) => error.name);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { seen, aborted, reports };
  });
  const downloads = outcome.seen.filter(({ stage }) => stage === 'download');
  const last = downloads.at(-1);
  assert.ok(downloads.length > 3);
  assert.equal(last?.loaded, last?.total);
  assert.deepEqual(
    outcome.seen.slice(downloads.length).map(({ stage }) => stage),
    ['prepare', 'ready'],
  );
  assert.deepEqual([outcome.aborted, outcome.reports], ['AbortError', 1]);
  await harness.assertNoWorkerLeft();
});
