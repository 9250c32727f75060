// SPDX-License-Identifier: Apache-2.0
// What a visitor downloads besides the model, gzipped (-9), against its limits; and what the output
// must not hold. Exits with 1 when something is over.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const budgets = [
  {
    name: 'core',
    files: ['mayfly-core.wasm', 'mayfly-core.js', 'mayfly-kernels.wasm'],
    limit: 150 * KB,
  },
  { name: 'client', files: ['index.js', 'worker.js'], limit: 20 * KB },
  // It reaches the client by import(), when it is first focused; no user text runs through its worker.
  { name: 'widget', files: ['widget.js'], limit: 20 * KB, imports: true },
  { name: 'shared worker', files: ['shared-engine.js', 'shared-worker.js'], limit: 12 * KB },
  { name: 'corpus reader', files: ['corpus.js'], limit: 5 * KB },
];
/** Code from strings breaks under a strict policy; import() would escape the worker's seal. */
const IMPORT = /\bimport\(/;
const forbidden = [/\bnew Function\b/, /\beval\(/, IMPORT, /createObjectURL/];

const read = (file) => readFile(new URL(`./dist/${file}`, import.meta.url));
let failed = false;
for (const { name, files, limit, imports } of budgets) {
  let total = 0;
  for (const file of files) {
    const bytes = await read(file);
    const gzipped = gzipSync(bytes, { level: 9 }).length;
    total += gzipped;
    console.log(`  ${file}: ${bytes.length} bytes, ${gzipped} gzipped`);
    if (!file.endsWith('.js')) continue;
    const found = forbidden.filter((one) => one.test(bytes.toString()));
    for (const pattern of found.filter((one) => !(imports && one === IMPORT))) {
      console.error(`  ${file} contains ${pattern}`);
      failed = true;
    }
  }
  const over = total > limit;
  failed ||= over;
  console.log(`${name}: ${total} of at most ${limit} bytes${over ? ': TOO LARGE' : ''}`);
}
process.exit(failed ? 1 : 0);
