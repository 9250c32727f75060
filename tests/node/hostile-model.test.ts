// SPDX-License-Identifier: Apache-2.0
// Damaged model files in WebAssembly: a typed error each, and a core that goes on. (Each defect's
// exact message is tested natively, on small files.)
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { CoreModule } from '../../web/client/core/core.js';
import { embed, loadCore, loadModel, readModel } from './real-core.js';

const TYPED = new Set([
  'invalid-model',
  'unsupported-model',
  'invalid-tokenizer',
  'token-out-of-range',
]);

let core: CoreModule;
let file: Buffer;
before(async () => {
  core = await loadCore();
  file = await readModel();
});

function assertRefused(bytes: Uint8Array, what: string): void {
  try {
    loadModel(core, bytes).delete();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    assert.ok(code !== undefined && TYPED.has(code), `${what}: ${code} ${message}`);
    assert.ok(message.length > 10, `${what}: the message is a sentence`);
    return;
  }
  assert.fail(`${what} was accepted`);
}

test('a file that ends early is refused wherever it ends', () => {
  const headerEnd = 8 + Number(file.readBigUInt64LE(0));
  const ends = [0, 1, 7, 8, 9, 100, headerEnd - 1, headerEnd, headerEnd + 1, file.length - 1];
  for (let end = headerEnd; end < file.length; end += 3_999_971) ends.push(end);
  for (const end of ends) assertRefused(file.subarray(0, end), `the first ${end} bytes`);
});

test('other files are refused: a page, zeros, a header that lies', () => {
  assertRefused(Buffer.from('<!doctype html><title>404</title>'), 'an HTML page');
  assertRefused(new Uint8Array(1000), 'zeros');
  const lengths = [2n ** 64n - 1n, 2n ** 32n + 16n, BigInt(file.length), 2n ** 63n];
  for (const length of lengths) {
    const liar = Buffer.from(file.subarray(0, 4096));
    liar.writeBigUInt64LE(length);
    assertRefused(liar, `a header of ${length} bytes`);
  }
  assertRefused(Buffer.concat([file, Buffer.from([0])]), 'a byte too many');
});

test('a header with one byte changed is refused or gives finite vectors', () => {
  const header = Number(file.readBigUInt64LE(0));
  let state = 12345;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % below;
  };
  let refused = 0;
  const rounds = 40;
  for (let round = 0; round < rounds; round++) {
    const changed = Buffer.from(file);
    const place = 8 + random(header);
    changed[place] = random(256);
    try {
      const model = loadModel(core, changed);
      const [vector] = embed(core, model, ['a text']).vectors;
      model.delete();
      assert.ok(vector?.every(Number.isFinite), `byte ${place}`);
    } catch (error) {
      const { code } = error as { code?: string };
      assert.ok(code !== undefined && TYPED.has(code), `byte ${place}: ${String(error)}`);
      refused += 1;
    }
  }
  assert.ok(refused > 0, `none of ${rounds} changes was noticed (first seed 12345)`);
});

test('after all refusals the true file still loads, in memory that did not pile up', () => {
  const model = loadModel(core, file);
  assert.ok(embed(core, model, ['a text']).vectors[0]?.every(Number.isFinite));
  const probe = new core.Buffer(1);
  const megabytes = probe.view().buffer.byteLength / 1e6;
  probe.delete();
  model.delete();
  assert.ok(megabytes < 200, `${megabytes} MB`);
});
