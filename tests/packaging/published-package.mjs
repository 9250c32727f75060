// SPDX-License-Identifier: Apache-2.0
// What npm would publish: files, entries and types, and that the program works from it alone.
import assert from 'node:assert/strict';
import { access, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { here, installedPackage, run, web } from './installed-package.mjs';

/** Without a type: binary files, and a pattern. */
const UNTYPED = ['./mayfly-core.wasm', './mayfly-kernels.wasm', './models/*'];

test('the package has the files of packed-files.json, each and no other', async () => {
  const { files } = await installedPackage();
  const listed = Object.keys(JSON.parse(await readFile(join(here, 'packed-files.json'), 'utf8')));
  const holds = (entry, file) =>
    entry.endsWith('/') ? file.startsWith(entry) && file.endsWith('.d.ts') : file === entry;
  const surplus = files.filter((file) => !listed.some((entry) => holds(entry, file)));
  const missing = listed.filter((entry) => !files.some((file) => holds(entry, file)));
  assert.deepEqual({ surplus, missing }, { surplus: [], missing: [] });
});

test('the package has at most 37.5 MB, nearly all of it models', async () => {
  const { size } = await installedPackage();
  assert.ok(size < 37_500_000, `${size} bytes`);
});

test('publint has nothing to say', async () => {
  const { tarball } = await installedPackage();
  const file = await readFile(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: file.buffer }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('attw finds that every entry resolves and has the right types', async () => {
  const { tarball } = await installedPackage();
  const attw = join(here, 'node_modules/.bin/attw');
  const options = ['--profile', 'esm-only', '--no-definitely-typed', '--format', 'json'];
  const args = [tarball, ...options, '--exclude-entrypoints', ...UNTYPED];
  // It ends with 1 where it found something; what is in the profile it tells all the same.
  const { stdout } = await run(attw, args).catch((error) => error);
  const { analysis } = JSON.parse(stdout);
  const entries = Object.keys(analysis.entrypoints);
  assert.ok(entries.includes('.') && entries.includes('./widget'), entries.join(' '));
  const within = ['node16-esm', 'bundler'];
  const problems = analysis.problems.filter(
    ({ resolutionKind }) => !resolutionKind || within.includes(resolutionKind),
  );
  assert.deepEqual(problems, []);
});

test('the files that entries name without a type are there', async () => {
  const { folder } = await installedPackage();
  const { exports } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  for (const entry of UNTYPED)
    await access(join(folder, exports[entry].replace('*', 'minilm.json')));
});

for (const module of ['nodenext', 'preserve']) {
  test(`a program that is checked with its libraries compiles (module ${module})`, async () => {
    const { project } = await installedPackage();
    const tsc = join(web, 'node_modules/typescript/bin/tsc');
    const libraries = ['--lib', 'es2023,dom,dom.iterable,esnext.disposable', '--types', ''];
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', module];
    const file = join(project, 'types/use.ts');
    const compiling = run(process.execPath, [tsc, file, ...options, ...libraries]);
    const { stdout } = await compiling.catch((error) => error);
    assert.equal(stdout, '');
  });
}

test('on a server importing does nothing', async () => {
  const { project } = await installedPackage();
  const imports = ['mayfly', 'mayfly/corpus', 'mayfly/widget', 'mayfly/minilm'];
  const script = imports.map((name) => `await import('${name}');`).join('');
  const command = ['--input-type=module', '--eval', script];
  const { stdout, stderr } = await run(process.execPath, command, { cwd: project });
  assert.deepEqual([stdout, stderr], ['', '']);
});

test('npx mayfly site works without a network, from what is installed', async () => {
  const { project } = await installedPackage();
  const site = join(project, 'public');
  const offline = { cwd: project, env: { ...process.env, npm_config_offline: 'true' } };
  const { stdout } = await run('npx', ['mayfly', 'site', site, '--json'], offline);
  const report = JSON.parse(stdout);
  assert.deepEqual([report.pages, report.warnings], [3, []]);
  const names = await readdir(join(site, 'mayfly'), { recursive: true });
  const files = names.filter((name) => /\.\w+$/.test(name) && !name.startsWith('corpus/'));
  assert.deepEqual(files.sort(), [
    'corpus.js',
    'index.js',
    'mayfly-core.wasm',
    'mayfly-kernels.wasm',
    'models/minilm-static.json',
    'models/minilm-static.safetensors',
    'models/minilm.json',
    'models/minilm.safetensors',
    'shared-engine.js',
    'shared-worker.js',
    'widget.js',
    'worker.js',
  ]);
});
