// SPDX-License-Identifier: Apache-2.0
// What the package does to a Node process: it lets it end, and its worker gives away what it could send with.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker as Thread } from 'node:worker_threads';
import { SEALED_GLOBALS } from '../../web/client/worker/seal.js';
import { SEALED_IN_NODE } from '../../web/node/seal.js';
import { handbook, loadPackage, packageUrl } from './node-package.js';
import { repositoryFile } from './repository.js';
import { makeTree } from './site-tree.js';

/** A program of its own, run to its end. */
function runProgram(body: string) {
  const program = `import { Mayfly } from ${JSON.stringify(packageUrl)};
    const handbook = ${JSON.stringify(handbook)};
    ${body}`;
  const args = ['--input-type=module', '--eval', program];
  // One that never ends is a failure and not a test that never ends.
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
}

for (const [what, last] of [
  ['disposed of the engine', 'engine.dispose();'],
  ['did not', ''],
]) {
  test(`a process ends by itself when its script ${what}`, () => {
    const { status, stdout, stderr } = runProgram(`
      const engine = await Mayfly.create({ workers: 2 });
      const collection = engine.collection();
      await collection.add(handbook);
      await engine.embed(Array(64).fill('international infrastructure administration '.repeat(8)));
      ${last}
      // Its idle workers would be ended by one later.
      console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);`);
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '0\n', stderr: '' });
  });
}

test('work that was asked for keeps the process until it is done', () => {
  const { status, stdout } = runProgram(`
    const engine = await Mayfly.create({ unresponsiveAfterMs: Infinity });
    const collection = engine.collection();
    collection.add(handbook).then(() => console.log('read', collection.size));`);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: 'read 3\n' });
});

test('a Node that is too old is told so', () => {
  const { stdout } = runProgram(`
    delete globalThis.crypto;
    await Mayfly.create().catch(({ code, message }) => console.log(code, message));`);
  assert.match(stdout, /^engine-unavailable .*Node 20 or newer/);
});

test('importing it starts nothing', () => {
  const { status, stdout } = runProgram('console.log(process.getActiveResourcesInfo().join());');
  assert.equal(status, 0);
  assert.doesNotMatch(stdout, /MessagePort|Worker|Timeout|FSReq/);
});

test('once it is loaded the thread has neither network nor process, and no way to import them', async (t) => {
  const worker = repositoryFile('web/dist/node/worker.js');
  const folder = await makeTree(t, {
    'probe.mjs': `import { parentPort } from 'node:worker_threads';
      import ${JSON.stringify(pathToFileURL(worker).href)};
      parentPort.on('message', ({ type, names }) => {
        if (type !== 'probe') return;
        parentPort.postMessage({ type, found: names.filter((name) => globalThis[name] !== undefined) });
      });`,
  });
  const thread = new Thread(join(folder, 'probe.mjs'));
  const names = [...SEALED_GLOBALS, ...SEALED_IN_NODE];
  const probe = () =>
    new Promise<string[]>((resolve) => {
      const listen = (message: { type: string; found: string[] }) => {
        if (message.type !== 'probe') return;
        thread.off('message', listen);
        resolve(message.found);
      };
      thread.on('message', listen);
      // The engine lets go of it while it owes nothing.
      thread.ref();
      thread.postMessage({ type: 'probe', names });
    });
  assert.ok((await probe()).includes('process'), 'there before');
  const { Mayfly } = await loadPackage();
  using engine = await Mayfly.create({ createWorker: () => thread as unknown as Worker });
  assert.deepEqual(await probe(), []);
  assert.equal((await engine.embed('still at work')).vector.length, 384);

  const text = await readFile(worker, 'utf8');
  const imports = [...text.matchAll(/\bfrom\s*"([^"]+)"/g)].map(([, name]) => name);
  const files = ['node:fs/promises', 'node:url', 'node:worker_threads'];
  assert.deepEqual([...new Set(imports)].sort(), files);
  assert.doesNotMatch(text, /\bimport\(|\brequire\(/);
});

test('the example of the guide finds what its question means', () => {
  const example = repositoryFile('web/examples/node-search.mjs');
  const files = ['SECURITY.md', 'docs/site.md'].map(repositoryFile);
  const args = [example, 'what leaves the browser?', ...files];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /^\S+SECURITY\.md: Security\n/);
});
