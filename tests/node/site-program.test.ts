// SPDX-License-Identifier: Apache-2.0
// The built program, in a folder with nothing else in it, as a process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { repositoryFile } from './repository.js';
import { html, makeTree } from './site-tree.js';

function node(cwd: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'] };
  return spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
}

async function install(t: TestContext) {
  const folder = await makeTree(t, {
    'package/package.json': JSON.stringify({ type: 'module', version: '9.8.7' }),
    'site/index.html': html('<main><h1>Home</h1><p>welcome</p></main>'),
  });
  const dist = join(folder, 'package/dist');
  const built = node(folder, repositoryFile('web/build-command.mjs'), dist);
  assert.equal(built.status, 0, built.stderr);
  return folder;
}

test('the program stands alone, names its version and ends with the exit codes of its help', async (t) => {
  const folder = await install(t);
  const program = join(folder, 'package/dist/site/mayfly.js');
  const run = (...args: string[]) => node(folder, program, ...args);
  assert.match(await readFile(program, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  assert.equal(run('--version').stdout, '9.8.7\n');
  const done = run('site', 'site', '--no-assets', '--json');
  assert.equal(done.status, 0, done.stderr);
  assert.equal(JSON.parse(done.stdout).pages, 1);
  const wrong = run('site', 'site', '--jsno');
  assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /did you mean --json\?/);
  assert.equal(run('site', 'package').status, 1, 'no pages');
});

test('licences of what is bundled into it lie beside it', async (t) => {
  const folder = await install(t);
  const text = await readFile(join(folder, 'package/dist/site/THIRD-PARTY-LICENSES.txt'), 'utf8');
  const names = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+\S*$/gm)].map(([, name]) => name);
  for (const name of ['parse5', 'entities', 'chokidar', 'tinyglobby', 'sirv', 'leven']) {
    assert.ok(names.includes(name), name);
  }
  assert.ok(text.split('Permission is hereby granted').length > 8, 'whole texts, not names');
});
