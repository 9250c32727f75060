// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { loadModule } from '../../web/client/worker/wasm-module.js';

/** A module that exports the i32 constant 7 as `seven`. */
const MODULE = Buffer.from('0061736d010000000606017f0041070b07090105736576656e0300', 'hex');

/** Path to content type and body; other paths are 404. */
const files: Record<string, [type: string, body: Buffer]> = {
  '/right.wasm': ['application/wasm', MODULE],
  '/wrong-type.wasm': ['application/octet-stream', MODULE],
  '/damaged.wasm': ['application/wasm', MODULE.subarray(0, 12)],
  '/page.wasm': ['text/html; charset=utf-8', Buffer.from('<!doctype html>')],
};
const server = createServer(({ url }, response) => {
  const entry = files[url ?? ''];
  response.writeHead(entry ? 200 : 404, { 'content-type': entry?.[0] ?? 'text/plain' });
  response.end(entry?.[1]);
});
let origin = '';
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

const load = (source: Parameters<typeof loadModule>[0], path = '/right.wasm') =>
  loadModule(source, new URL(origin + path), 'engine-unavailable', 'WebAssembly file');

const seven = async (loading: Promise<WebAssembly.Module>) => {
  const instance = await WebAssembly.instantiate(await loading);
  return (instance.exports['seven'] as WebAssembly.Global).value as number;
};

test('a module is compiled from its URL, with the right media type and with a wrong one', async () => {
  assert.equal(await seven(load(undefined)), 7);
  assert.equal(await seven(load(undefined, '/wrong-type.wasm')), 7);
  assert.equal(await seven(load({ url: `${origin}/right.wasm` }, '/nothing')), 7);
});

test('bytes are compiled, and a module is taken as it is', async () => {
  assert.equal(await seven(load({ bytes: MODULE })), 7);
  const module = await WebAssembly.compile(MODULE);
  assert.equal(await load({ module }), module);
});

test('what is not there is the given code, and what cannot be compiled a CompileError', async () => {
  await assert.rejects(load(undefined, '/nothing'), { code: 'engine-unavailable' });
  await assert.rejects(load(undefined, '/page.wasm'), { code: 'engine-unavailable' });
  await assert.rejects(load(undefined, '/damaged.wasm'), WebAssembly.CompileError);
});
