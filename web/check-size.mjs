// SPDX-License-Identifier: Apache-2.0
// What a visitor downloads besides the model, gzipped (-9), against its limits; and what the output
// must not hold. Exits with 1 when something is over.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { forPages } from './bundle-options.mjs';
import { denseScript } from './dense-script.mjs';

const KB = 1000;
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
const read = (file) => readFile(new URL(`./dist/${file}`, import.meta.url));

/** A worker has two parts, of which each counts where it belongs: the client's, and the core's glue. */
async function withoutGlue(entry) {
  const { outputFiles } = await build({
    ...forPages,
    entryPoints: [entry],
    external: ['./mayfly-core.js'],
    write: false,
  });
  return gzipped(Buffer.from(await denseScript(outputFiles[0].text)));
}
const ofClient = await withoutGlue('client/worker/main.ts');
const ofShared = await withoutGlue('client/shared/main.ts');
const glue = gzipped(await read('worker.js')) - ofClient;

const budgets = [
  {
    name: 'core',
    parts: { 'glue in worker.js': glue },
    files: ['mayfly-core.wasm', 'mayfly-kernels.wasm'],
    limit: 150 * KB,
  },
  {
    name: 'client',
    parts: { 'worker.js without the glue': ofClient },
    files: ['index.js'],
    limit: 20 * KB,
  },
  // It reaches the client by import(), when it is first focused; no user text runs through its worker.
  { name: 'widget', files: ['widget.js'], limit: 20 * KB, imports: true },
  {
    name: 'shared worker',
    parts: { 'shared-worker.js without the glue': ofShared },
    files: ['shared-engine.js'],
    limit: 12 * KB,
  },
  { name: 'corpus reader', files: ['corpus.js'], limit: 5 * KB },
  // All of the above in one; it makes its worker from a text.
  { name: 'single file', files: ['mayfly.min.js'], limit: 196 * KB, objectUrls: true },
];
/** Code from strings breaks under a strict policy; import() would escape the worker's seal. */
const forbidden = {
  evaluation: /\bnew Function\b|\beval\(/,
  imports: /\bimport\(/,
  objectUrls: /createObjectURL/,
};
const scripts = new Set(['worker.js', 'shared-worker.js']);
let failed = false;
for (const { name, parts = {}, files, limit } of budgets) {
  let total = 0;
  for (const [part, size] of Object.entries(parts)) {
    total += size;
    console.log(`  ${part}: ${size} gzipped`);
  }
  for (const file of files) {
    const bytes = await read(file);
    const size = gzipped(bytes);
    total += size;
    console.log(`  ${file}: ${bytes.length} bytes, ${size} gzipped`);
    if (file.endsWith('.js')) scripts.add(file);
  }
  const over = total > limit;
  failed ||= over;
  console.log(`${name}: ${total} of at most ${limit} bytes${over ? ': TOO LARGE' : ''}`);
}
for (const file of scripts) {
  const allowed = budgets.find(({ files }) => files.includes(file)) ?? {};
  const text = (await read(file)).toString();
  for (const [what, pattern] of Object.entries(forbidden)) {
    if (allowed[what] || !pattern.test(text)) continue;
    console.error(`  ${file} contains ${pattern}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
