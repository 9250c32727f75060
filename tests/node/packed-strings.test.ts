// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packStrings, unpackStrings, utf8Length } from '../../web/client/core/packed-strings.js';
import { makeFakeCore } from './fake-core.js';

const awkward = [
  '',
  'plain',
  'nul\u0000inside',
  '\ufeffbyte order mark',
  'é€😀',
  '𝒳'.repeat(100),
  'a'.repeat(1_000_000),
];

test('strings come back as they were', () => {
  const packed = packStrings(makeFakeCore(), awkward);
  assert.deepEqual(unpackStrings(packed.view()), awkward);
});

test('lone surrogates become U+FFFD and nothing shifts behind them', () => {
  const packed = packStrings(makeFakeCore(), ['a\ud800', '\udc00b', '\ud800\ud800\udc00', 'end']);
  assert.deepEqual(unpackStrings(packed.view()), [
    'a\ufffd',
    '\ufffdb',
    '\ufffd\ud800\udc00',
    'end',
  ]);
});

test('the length is what the encoder writes, for 10,000 random strings', () => {
  let state = 0x9e3779b9;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const units = [0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xffff];
  for (let i = 0; i < 10_000; i++) {
    const text = String.fromCharCode(
      ...Array.from({ length: random(9) }, () => units[random(11)]!),
    );
    assert.equal(utf8Length(text), new TextEncoder().encode(text).length, escape(text));
  }
});
