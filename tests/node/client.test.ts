// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Mayfly, MayflyError } from '../../web/client/index.js';
import { CORE_ERROR_CODES } from '../../web/client/errors.js';
import { makeEngine } from './fake-worker.js';
import { repositoryFile } from './repository.js';

test('the client knows exactly the error codes of the core', async () => {
  const source = await readFile(repositoryFile('src/base/error_codes.inc'), 'utf8');
  const codes = [...source.matchAll(/^MAYFLY_ERROR\(\w+, "([^"]+)"/gm)].map((match) => match[1]);
  assert.ok(codes.length > 5);
  assert.deepEqual([...CORE_ERROR_CODES], codes);
});

test('one text gives one embedding and an array gives an array', async () => {
  const { engine } = await makeEngine();
  const one = await engine.embed('abc');
  assert.equal(one.vector.length, engine.info.dim);
  assert.deepEqual([one.tokens, one.truncated, one.dropped], [5, false, 0]);
  const many = await engine.embed(['abc', 'a text that is too long']);
  assert.equal(many.length, 2);
  assert.deepEqual(many[0], one);
  assert.deepEqual([many[1]?.truncated, many[1]?.dropped], [true, 9]);
  assert.deepEqual(await engine.embed([]), []);
  engine.dispose();
});

test('metadata comes back as an equal copy, and undefined where there was none', async () => {
  const { engine } = await makeEngine();
  const metadata = { title: 'A "quoted" title', tags: ['a', 'ü', '\u0000'], deep: { n: 1.5 } };
  const collection = engine.collection<typeof metadata | undefined>();
  await collection.add([
    { id: 'with', text: 'aaa', metadata },
    { id: 'without', text: 'bbb' },
  ]);
  const { results } = await collection.search('aaa');
  assert.deepEqual(results[0]?.metadata, metadata);
  assert.equal(results[1]?.metadata, undefined);
  engine.dispose();
});

test('wrong arguments are typed errors that name the argument', async () => {
  const { engine } = await makeEngine();
  const collection = engine.collection();
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const wrong: [() => Promise<unknown>, RegExp][] = [
    [() => engine.embed(7 as never), /texts/],
    [() => engine.embed(['a', null] as never), /texts\[1\]/],
    [() => engine.tokenize(undefined as never), /text/],
    [() => collection.add([{ id: '', text: 'a' }]), /documents\[0\]\.id/],
    [() => collection.add([{ id: 'a' }] as never), /documents\[0\]\.text/],
    [() => collection.add(null as never), /documents/],
    [() => collection.add([{ id: 'a', text: 'a', metadata: circular }]), /metadata/],
    [() => collection.add([{ id: 'a', text: 'a', metadata: () => 1 }]), /metadata/],
    [() => collection.search('a', { k: 0 }), /k must/],
    [() => collection.search('a', { k: 1.5 }), /k must/],
    [() => collection.search('a', { k: 10_001 }), /k must/],
    [() => collection.search({} as never), /query/],
    [() => collection.remove([1] as never), /ids\[0\]/],
  ];
  for (const [call, message] of wrong) {
    await assert.rejects(call(), (error) => {
      assert.ok(error instanceof MayflyError, String(error));
      assert.equal(error.code, 'invalid-argument');
      assert.match(error.message, message);
      return true;
    });
  }
  engine.dispose();
});

test('after dispose every method says so, and pending calls reject', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add([{ id: 'a', text: 'a' }]);
  const pending = [engine.embed('a'), collection.search('a')];
  for (const call of pending) call.catch(() => {});
  await Promise.resolve();
  engine.dispose();
  engine.dispose();
  for (const call of pending) await assert.rejects(call, { code: 'disposed' });
  assert.ok(workers[0]!.terminated);
  await assert.rejects(engine.embed('a'), { code: 'disposed' });
  await assert.rejects(engine.tokenize('a'), { code: 'disposed' });
  await assert.rejects(collection.search('a'), { code: 'disposed' });
  await assert.rejects(collection.add([]), { code: 'disposed' });
  assert.throws(() => engine.collection(), { code: 'disposed' });
});

test('a disposed collection is freed in the worker and ends what runs on it', async () => {
  const { engine, workers } = await makeEngine();
  const collection = engine.collection();
  await collection.add([{ id: 'a', text: 'a' }]);
  const many = Array.from({ length: 500 }, (_, i) => ({ id: `m${i}`, text: 'm' }));
  const adding = collection.add(many);
  adding.catch(() => {});
  await engine.embed('let the add begin');
  collection.dispose();
  await assert.rejects(adding, { code: 'disposed' });
  await engine.embed('settle');
  assert.equal(workers[0]!.core.alive.size, 1, 'only the model remains');
  engine.dispose();
});

test('a dispose symbol that the platform has works', { skip: !Symbol.dispose }, async () => {
  const { engine } = await makeEngine();
  engine[Symbol.dispose]();
  await assert.rejects(engine.embed('a'), { code: 'disposed' });
  await engine[Symbol.asyncDispose]();
});

test('create rejects with the signal of its caller and ends the worker', async () => {
  const controller = new AbortController();
  const never = makeEngine({ signal: controller.signal, boot: () => new Promise(() => {}) });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(never, { name: 'AbortError' });
  await assert.rejects(makeEngine({ signal: AbortSignal.abort() }), { name: 'AbortError' });
});

test('an error of loading arrives with its code', async () => {
  const boot = async () => {
    throw new MayflyError('checksum-mismatch', 'the file is another');
  };
  await assert.rejects(makeEngine({ boot }), { code: 'checksum-mismatch', name: 'MayflyError' });
});

test('where there are no workers, create says so', async () => {
  await assert.rejects(Mayfly.create({ model: new Uint8Array(1) }), { code: 'engine-unavailable' });
});

test('offsets of tokens are indices of the string', async () => {
  const { engine } = await makeEngine();
  const text = 'a😀\ud800b';
  const { tokens, offsets } = await engine.tokenize(text);
  assert.deepEqual(
    offsets.map(([begin, end]) => text.slice(begin, end)),
    ['a', '😀', '\ud800', 'b'],
  );
  assert.deepEqual(tokens, ['a', '😀', '\ufffd', 'b']);
  engine.dispose();
});
