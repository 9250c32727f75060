// SPDX-License-Identifier: Apache-2.0
// node test.mjs node|browser|recipes [file-name-part...]: bundles the TypeScript tests of tests/<kind> and runs
// them with node:test. The bundles lie in node_modules, so that they find the development packages.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { coreGlue } from './bundle-options.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const [kind = 'node', ...filters] = process.argv.slice(2);
const source = resolve(web, '../tests', kind);
const outdir = resolve(web, 'node_modules/.cache/mayfly-tests', kind);

const names = readdirSync(source)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => filters.length === 0 || filters.some((part) => name.includes(part)));
if (names.length === 0) {
  console.error(`no test of ${source} matches ${filters.join(' ')}`);
  process.exit(1);
}
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: names.map((name) => resolve(source, name)),
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  packages: 'external',
  plugins: [coreGlue],
  logLevel: 'warning',
});
const bundles = names.map((name) => resolve(outdir, name.replace(/\.ts$/, '.mjs')));
// Browser tests share the machine with a browser each: one file at a time.
const concurrency = kind !== 'node' ? ['--test-concurrency=1'] : [];
const { status } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--test',
    '--test-force-exit',
    '--test-timeout=300000',
    ...concurrency,
    ...bundles,
  ],
  { stdio: 'inherit', env: { ...process.env, MAYFLY_ROOT: resolve(web, '..') } },
);
process.exit(status ?? 1);
