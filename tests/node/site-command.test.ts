// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { OPTIONS, variableOf } from '../../web/site/options.js';
import type { Report } from '../../web/site/report.js';
import { repositoryFile } from './repository.js';
import { build, call, html, makeTree, readCorpus, snapshot, writeTree } from './site-tree.js';

const small = {
  'index.html': html('<main><h1>Home</h1><p>welcome</p></main>'),
  'a/index.html': html('<main><h1>A</h1><p>text of a</p></main>'),
};

test('the same site gives the same bytes, wherever it lies and in whatever order it was written', async (t) => {
  const one = await makeTree(t, small);
  const two = await makeTree(t, Object.fromEntries(Object.entries(small).reverse()));
  await build(one);
  await build(two);
  const files = await snapshot(join(one, 'mayfly/corpus'));
  assert.deepEqual(await snapshot(join(two, 'mayfly/corpus')), files);
  await build(one);
  assert.deepEqual(await snapshot(join(one, 'mayfly/corpus')), files);
});

test('a second run writes nothing, a change writes what changed and removes what is old', async (t) => {
  const folder = await makeTree(t, small);
  const corpus = join(folder, 'mayfly/corpus');
  await build(folder);
  await writeFile(join(corpus, 'mine.txt'), 'not ours');
  assert.equal((await build(folder)).corpus.written, 0);
  await writeTree(folder, { 'a/index.html': html('<main><h1>A</h1><p>new text</p></main>') });
  const { corpus: written } = await build(folder);
  assert.deepEqual([written.written, written.removed], [3, 2]);
  assert.ok((await readdir(corpus)).includes('mine.txt'));
  assert.ok((await readCorpus(folder)).some(({ text }) => text === 'new text'));
});

test('with --cache pages are parsed once, and a damaged cache is left alone', async (t) => {
  const folder = await makeTree(t, small);
  const cache = join(folder, '.cache');
  assert.equal((await build(folder, '--cache', cache)).parsed, 2);
  const corpus = await snapshot(join(folder, 'mayfly/corpus'));
  assert.equal((await build(folder, '--cache', cache)).parsed, 0);
  assert.deepEqual(await snapshot(join(folder, 'mayfly/corpus')), corpus);
  const [name] = await readdir(cache);
  const path = join(cache, name!);
  await writeFile(path, (await readFile(path, 'utf8')).replace('welcome', 'forged'));
  const report = await build(folder, '--cache', cache);
  assert.equal(report.parsed, 2);
  assert.deepEqual(
    report.warnings.map(({ code }) => code),
    ['cache-unusable'],
  );
  assert.deepEqual(await snapshot(join(folder, 'mayfly/corpus')), corpus);
});

test('--dry-run reports the same and writes nothing', async (t) => {
  const folder = await makeTree(t, small);
  const dry = await build(folder, '--dry-run', '--cache', join(folder, 'cache'));
  assert.deepEqual((await readdir(folder)).sort(), ['a', 'index.html']);
  const wet = await build(folder);
  assert.deepEqual({ ...dry, dryRun: false }, wet);
});

test('flags win over variables, variables over the config file, the file over defaults', async (t) => {
  const folder = await makeTree(t, {
    'mayfly.config.json': JSON.stringify({
      site: { publicDir: 'dist', output: 'from-file', noAssets: true, json: true },
    }),
    'dist/index.html': small['index.html'],
    'other.mjs':
      'export default { site: { publicDir: "dist", output: "from-module", noAssets: true, json: true } };',
  });
  const outputOf = async (args: string[], environment = {}) =>
    (JSON.parse((await call(['site', ...args], { cwd: folder, environment })).out) as Report)
      .output;
  const variables = { MAYFLY_SITE_OUTPUT: 'from-variable' };
  assert.equal(await outputOf([]), join(folder, 'dist/from-file'));
  assert.equal(await outputOf([], variables), join(folder, 'dist/from-variable'));
  assert.equal(
    await outputOf(['--output', 'from-flag'], variables),
    join(folder, 'dist/from-flag'),
  );
  assert.equal(await outputOf(['--config=other.mjs']), join(folder, 'dist/from-module'));
});

test('every option has a help line, a variable and a place in the guide', async () => {
  const { code, out } = await call(['site', '--help']);
  const guide = await readFile(repositoryFile('docs/site.md'), 'utf8');
  assert.equal(code, 0);
  for (const { name } of OPTIONS) {
    assert.ok(out.includes(`--${name} `), name);
    assert.ok(guide.includes(`\`--${name}`), `docs/site.md does not mention --${name}`);
  }
  assert.equal(variableOf('base-url'), 'MAYFLY_SITE_BASE_URL');
  assert.equal((await call(['--version'])).out, '1.2.3');
  assert.match((await call(['--help'])).out, /site PUBLIC_DIR/);
});

test('wrong use is refused with a code, a sentence and exit code 2', async (t) => {
  const folder = await makeTree(t, {
    ...small,
    'bad.json': '{',
    'key.json': '{"site":{"outptu":"x"}}',
  });
  const cases: [string[], string, RegExp][] = [
    [['site', folder, '--outptu=x'], 'unknown-option', /did you mean --output\?/],
    [['site', folder, '--zzzzzzzzzz'], 'unknown-option', /--help/],
    [['sit'], 'unknown-command', /did you mean mayfly site\?/],
    [['site'], 'missing-folder', /mayfly site PUBLIC_DIR/],
    [['site', join(folder, 'nowhere')], 'missing-folder', /build the site first/],
    [['site', folder, folder], 'invalid-option', /one folder/],
    [['site', folder, '--output'], 'invalid-option', /needs a value/],
    [['site', folder, '--output', '--json'], 'invalid-option', /needs a value/],
    [['site', folder, '--output', '..'], 'invalid-option', /within/],
    [['site', folder, '--output', '.'], 'invalid-option', /within/],
    [['site', folder, '--port', '70000'], 'invalid-option', /0 to 65535/],
    [['site', folder, '--compression', 'zip'], 'invalid-option', /both, gzip, none/],
    [['site', folder, '--json=1'], 'invalid-option', /takes no value/],
    [['site', folder, '--config', join(folder, 'bad.json')], 'invalid-config', /cannot be read/],
    [
      ['site', folder, '--config', join(folder, 'key.json')],
      'invalid-config',
      /did you mean "output"/,
    ],
    [['site', folder, '--config', join(folder, 'none.json')], 'invalid-config', /cannot be read/],
  ];
  for (const [args, code, sentence] of cases) {
    const { code: exit, err, out } = await call(args);
    const said = err || (JSON.parse(out) as { error: { message: string; code: string } }).error;
    const text = typeof said === 'string' ? said : `${said.message} [${said.code}]`;
    assert.equal(exit, 2, args.join(' '));
    assert.match(text, sentence);
    assert.ok(text.endsWith(`[${code}]`), text);
  }
  const { err } = await call(['site', folder], { environment: { MAYFLY_SITE_PORT: 'x' } });
  assert.match(err, /MAYFLY_SITE_PORT takes a whole number/);
});

test('a folder without pages is an error with exit code 1, and JSON where that is asked for', async (t) => {
  const folder = await makeTree(t, { 'readme.txt': 'no page' });
  const { code, out } = await call(['site', folder, '--json']);
  assert.equal(code, 1);
  assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, 'no-pages');
});

test('--strict takes warnings as errors, --quiet says nothing else', async (t) => {
  const folder = await makeTree(t, { 'a.html': '<title>A</title><p>x' });
  const strict = await call(['site', folder, '--no-assets', '--strict', '--quiet']);
  assert.equal(strict.code, 3);
  assert.match(strict.err, /no-main-content, missing-language \[warnings\]/);
  assert.deepEqual(await call(['site', folder, '--no-assets', '-q']), {
    code: 0,
    out: '',
    err: '',
  });
});

test('--include and --exclude choose files; what the command wrote is never read', async (t) => {
  const folder = await makeTree(t, {
    ...small,
    'drafts/x.html': html('<main><h1>D</h1><p>draft</p></main>'),
    'mayfly/page.html': html('<main><h1>M</h1><p>ours</p></main>'),
    'folder.html/notes.txt': 'no page',
  });
  assert.equal((await build(folder)).files, 3);
  assert.equal((await build(folder, '--exclude', 'drafts/**')).files, 2);
  assert.equal((await build(folder, '--include', 'a/**', '--include', 'drafts/*.html')).files, 2);
  assert.equal((await build(folder, '--max-page-size', '1')).files, 3);
});

test('--compression and --chunk-size decide the files, --base-url where pages are', async (t) => {
  const long = Array.from(
    { length: 60 },
    (_, n) => `<h2>H${n}</h2><p>${`word${n} `.repeat(150)}</p>`,
  );
  const folder = await makeTree(t, { 'a.html': html(`<main><h1>A</h1>${long.join('')}</main>`) });
  const corpus = join(folder, 'mayfly/corpus');
  const suffixes = async () =>
    new Set((await readdir(corpus)).map((name) => name.slice(name.indexOf('.'))));
  await build(folder, '--compression', 'gzip');
  assert.deepEqual(await suffixes(), new Set(['.json', '.json.gz']));
  await build(folder, '--compression', 'none', '--chunk-size', '16', '--base-url', '/docs');
  assert.deepEqual(await suffixes(), new Set(['.json']));
  const manifest = JSON.parse(await readFile(join(corpus, 'manifest.json'), 'utf8'));
  assert.equal(manifest.base, '/docs/');
  const sizes = manifest.languages[0].passageFiles.map(({ bytes }: { bytes: number }) => bytes);
  assert.ok(sizes.length > 3 && Math.max(...sizes) <= 16 * 1024, sizes.join());
});

test("the package's files and models are copied once, and what is missing is warned of", async (t) => {
  const packageFolder = await makeTree(t, {
    'index.js': 'export {};',
    'mayfly.min.js': 'all of it in one file',
    'types/index.d.ts': '',
    'worker.js': '1',
    'mayfly-core.wasm': '3',
    'mayfly-kernels.wasm': '4',
    'minilm.js': 'for bundlers',
    'models/minilm.json': '{}',
    'models/minilm.safetensors': 'weights',
  });
  const folder = await makeTree(t, small);
  const report = async (...args: string[]) =>
    JSON.parse((await call(['site', folder, '--json', ...args], { packageFolder })).out) as Report;
  const first = await report();
  assert.equal(first.assets?.copied, 6);
  assert.deepEqual(
    first.warnings.map(({ files }) => files),
    [['models/minilm-static']],
  );
  assert.deepEqual((await readdir(join(folder, 'mayfly'))).sort(), [
    'corpus',
    'index.js',
    'mayfly-core.wasm',
    'mayfly-kernels.wasm',
    'models',
    'worker.js',
  ]);
  const manifest = async () =>
    JSON.parse(await readFile(join(folder, 'mayfly/corpus/manifest.json'), 'utf8'));
  assert.equal((await manifest()).model, '../models/minilm.json');
  assert.equal((await manifest()).staticModel, undefined);
  assert.equal((await report()).assets?.copied, 0);
  await writeFile(join(packageFolder, 'worker.js'), '9');
  const changed = await report('--model', 'none', '--static-model', 'none');
  assert.equal(changed.assets?.copied, 1, 'of the same length, but another file');
  assert.deepEqual(changed.warnings, []);
  assert.equal((await manifest()).model, null);
});

test('--serve serves the site, and another port where the wished one is taken', async (t) => {
  const folder = await makeTree(t, small);
  const lines: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const running = call(['site', folder, '--no-assets', '--serve', '--port', '0'], {
    out: (line) => void lines.push(line),
    untilEnded: () => ended,
  });
  const url = await until(() => /serving (\S+)/.exec(lines.join('\n'))?.[1]);
  assert.match(await (await fetch(`${url}a/`)).text(), /text of a/);
  assert.equal((await fetch(`${url}mayfly/corpus/manifest.json`)).status, 200);
  assert.equal((await fetch(`${url}none`)).status, 404);
  const beside: string[] = [];
  const second = call(['site', folder, '--no-assets', '--serve', '--port', new URL(url).port], {
    out: (line) => void beside.push(line),
    untilEnded: () => ended,
  });
  const other = await until(() => /serving (\S+)/.exec(beside.join('\n'))?.[1]);
  assert.notEqual(other, url);
  end();
  assert.equal((await running).code, 0);
  assert.equal((await second).code, 0);
});

test('--watch builds again after a change, parses only that page, and survives a failure', async (t) => {
  const folder = await makeTree(t, small);
  const lines: string[] = [];
  let end = () => {};
  const running = call(['site', folder, '--no-assets', '--watch'], {
    out: (line) => void lines.push(line),
    err: (line) => void lines.push(line),
    untilEnded: () => new Promise<void>((resolve) => (end = resolve)),
  });
  await until(() => lines.join('\n').includes('watching'));
  await writeTree(folder, { 'a/index.html': html('<main><h1>A</h1><p>changed</p></main>') });
  await until(() => lines.join('\n').includes('2 files read, 1 parsed'));
  assert.ok((await readCorpus(folder)).some(({ text }) => text === 'changed'));
  await rm(join(folder, 'a'), { recursive: true });
  await rm(join(folder, 'index.html'));
  await until(() => lines.join('\n').includes('[no-pages]'));
  await mkdir(join(folder, 'b'));
  await writeTree(folder, { 'b/index.html': html('<main><h1>B</h1><p>back</p></main>') });
  await until(() => lines.join('\n').includes('1 file read, 1 parsed'));
  end();
  assert.equal((await running).code, 0);
});

/** What `look` gives once it is something; the runner's time limit ends a vain wait. */
async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
