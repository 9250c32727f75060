// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { ModelRequest } from '../../web/client/protocol/messages.js';
import { openModel, receiveModel, verifyModel } from '../../web/client/worker/model-source.js';
import { makeFakeCore } from './fake-core.js';

const file = Buffer.from('a model file, byte by byte');
const sha256 = createHash('sha256').update(file).digest('hex');
const manifest = (changes: object = {}) =>
  JSON.stringify({ name: 'm', file: 'm.safetensors', bytes: file.length, sha256, ...changes });
const flipped = Buffer.from(file);
flipped[3]! ^= 1;

/** Path to content type and body; other paths are 404 with an HTML page, as hosts answer. */
const files: Record<string, [type: string, body: string | Buffer]> = {
  '/m.json': ['application/json', manifest()],
  '/m.safetensors': ['application/octet-stream', file],
  '/upper.json': ['application/json', manifest({ sha256: sha256.toUpperCase() })],
  '/short.json': ['application/json', manifest({ bytes: file.length + 1 })],
  '/long.json': ['application/json', manifest({ bytes: file.length - 1 })],
  '/flipped.json': ['application/json', manifest({ file: 'flipped.safetensors' })],
  '/flipped.safetensors': ['application/octet-stream', flipped],
  '/gone.json': ['application/json', manifest({ file: 'gone.safetensors' })],
  '/page.json': ['text/html; charset=utf-8', '<!doctype html><title>Welcome</title>'],
  '/text.json': ['text/plain', 'not JSON'],
  '/null.json': ['application/json', 'null'],
  '/empty.json': ['application/json', '{}'],
  '/sha.json': ['application/json', manifest({ sha256: 'abc' })],
  '/bytes.json': ['application/json', manifest({ bytes: -1 })],
  '/lonely.safetensors': ['application/octet-stream', file],
};

const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  if (request.url === '/broken.safetensors') {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, 5), () => response.destroy());
    return;
  }
  const entry = files[request.url ?? ''];
  response.writeHead(entry ? 200 : 404, { 'content-type': entry?.[0] ?? 'text/html' });
  response.end(entry?.[1] ?? '<h1>Not found</h1>');
});
let origin = '';
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

async function load(path: string, options: Partial<ModelRequest> = {}) {
  const core = makeFakeCore();
  const stages: string[] = [];
  const request: ModelRequest = {
    model: { url: origin + path },
    sha256: undefined,
    integrity: true,
    ...options,
  };
  try {
    const opened = await openModel(request);
    const buffer = await receiveModel(core, opened, ({ stage, loaded, total }) =>
      stages.push(`${stage} ${loaded}/${total}`),
    );
    await verifyModel(buffer, opened);
    const bytes = Buffer.from(buffer.view());
    buffer.delete();
    return { bytes, stages };
  } finally {
    assert.equal(core.alive.size, 0, 'no buffer is left behind');
  }
}

test('a model is found through its manifest and through the file beside one', async () => {
  for (const path of ['/m.json', '/m.safetensors', '/upper.json']) {
    const { bytes, stages } = await load(path);
    assert.deepEqual(bytes, file);
    assert.ok(stages.includes(`download ${file.length}/${file.length}`));
  }
});

test('a file without manifest needs a checksum, or the word that none is wanted', async () => {
  assert.deepEqual((await load('/lonely.safetensors', { sha256 })).bytes, file);
  assert.deepEqual((await load('/lonely.safetensors', { integrity: false })).bytes, file);
  await assert.rejects(load('/lonely.safetensors'), { code: 'model-unavailable' });
  const wrong = { sha256: '0'.repeat(64) };
  await assert.rejects(load('/lonely.safetensors', wrong), { code: 'checksum-mismatch' });
});

for (const [path, code, what] of [
  ['/nothing.json', 'model-unavailable', 'a manifest that is not there'],
  ['/gone.json', 'model-unavailable', 'a file that is not there'],
  ['/page.json', 'model-unavailable', 'an HTML page with status 200'],
  ['/text.json', 'model-unavailable', 'a manifest that is not JSON'],
  ['/null.json', 'model-unavailable', 'a manifest that is null'],
  ['/empty.json', 'model-unavailable', 'a manifest without fields'],
  ['/sha.json', 'model-unavailable', 'a manifest with half a checksum'],
  ['/bytes.json', 'model-unavailable', 'a manifest with a negative size'],
  ['/short.json', 'checksum-mismatch', 'a file shorter than named'],
  ['/long.json', 'checksum-mismatch', 'a file longer than named'],
  ['/flipped.json', 'checksum-mismatch', 'a file with one flipped bit'],
] as const) {
  test(`${what} is ${code}`, async () => {
    await assert.rejects(load(path), { name: 'MayflyError', code });
  });
}

test('a download that breaks off and a host that is not there are model-unavailable', async () => {
  const unavailable = { code: 'model-unavailable' };
  await assert.rejects(load('/broken.safetensors', { sha256 }), unavailable);
  const nowhere = { model: { url: 'http://127.0.0.1:9/m.json' } };
  await assert.rejects(load('', nowhere), unavailable);
});

test('bytes are taken as they are, and verified when a checksum is given', async () => {
  assert.deepEqual((await load('', { model: { bytes: file } })).bytes, file);
  assert.deepEqual((await load('', { model: { bytes: file }, sha256 })).bytes, file);
  const changed = { model: { bytes: flipped }, sha256 };
  await assert.rejects(load('', changed), { code: 'checksum-mismatch' });
});

test('without SubtleCrypto the reason is said, and integrity: false goes on', async () => {
  const subtle = Object.getOwnPropertyDescriptor(globalThis.crypto, 'subtle');
  Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined, configurable: true });
  try {
    await assert.rejects(load('/m.json'), { code: 'insecure-context', message: /https/ });
    assert.deepEqual((await load('/m.json', { integrity: false })).bytes, file);
  } finally {
    if (subtle) Object.defineProperty(globalThis.crypto, 'subtle', subtle);
    else Reflect.deleteProperty(globalThis.crypto, 'subtle');
  }
});
