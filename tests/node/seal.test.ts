// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seal, SEALED_GLOBALS, SEALED_NAVIGATOR } from '../../web/client/worker/seal.js';

test('sealing removes own and inherited properties and locks them', () => {
  class Scope {
    fetch() {}
    navigator = Object.create({ sendBeacon() {}, storage: {} });
  }
  const scope = Object.assign(new Scope(), { indexedDB: {}, WebSocket: class {} });
  seal(scope);
  for (const name of SEALED_GLOBALS) assert.equal(scope[name as never], undefined, name);
  for (const name of SEALED_NAVIGATOR) assert.equal(scope.navigator[name], undefined, name);
  assert.equal('fetch' in Scope.prototype, false, 'not reachable through the prototype either');
  assert.throws(() => Object.defineProperty(scope, 'fetch', { value: () => 'back' }), TypeError);
  assert.throws(() => ((scope as { fetch: unknown }).fetch = 1), TypeError);
});

test('what cannot be taken away is an error, not a quiet gap', () => {
  const scope = Object.defineProperty({}, 'fetch', { value: () => {}, configurable: false });
  assert.throws(() => seal(scope), TypeError);
});
