// SPDX-License-Identifier: Apache-2.0
// Writes dist/types: one tree for all entries of the package, without the declarations of modules that no entry's types
// lead to.
import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const ENTRIES = [
  'client/index.d.ts',
  'client/worker/main.d.ts',
  'corpus/reader.d.ts',
  'widget/index.d.ts',
];
const RELATIVE = /(?:\bfrom|\bimport\(?)\s*['"](\.[^'"]+)\.js['"]/g;

async function reachable(folder) {
  const waiting = ENTRIES.map((entry) => join(folder, entry));
  const seen = new Set();
  for (let file; (file = waiting.pop()) !== undefined;) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, path] of (await readFile(file, 'utf8')).matchAll(RELATIVE)) {
      waiting.push(resolve(dirname(file), `${path}.d.ts`));
    }
  }
  return seen;
}

export async function buildTypes(web, to) {
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const tsc = [join(typescript, 'bin/tsc'), '-p', join(web, 'tsconfig.types.json')];
  execFileSync(process.execPath, tsc, { stdio: 'inherit' });
  const kept = await reachable(to);
  for (const path of await readdir(to, { recursive: true })) {
    const file = join(to, path);
    if (path.endsWith('.d.ts') && !kept.has(file)) await rm(file);
  }
}
