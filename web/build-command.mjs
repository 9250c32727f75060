// SPDX-License-Identifier: Apache-2.0
// Builds what needs no WebAssembly: the program `mayfly` (site/, self-contained, with the licences of what
// is bundled into it) and the reader of its corpus (corpus/). Called by build.mjs; alone it is `node build-command.mjs [DIST]`.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { forPages } from './bundle-options.mjs';

const web = dirname(fileURLToPath(import.meta.url));

/** Names of the packages that files of a bundle come from. */
function packagesOf(metafile) {
  const names = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(names)].sort();
}

async function licenceOf(name) {
  const folder = join(web, 'node_modules', name);
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  const { version, license, author, repository } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  // One of them has no licence file: what its manifest says then.
  const named = `${license}, ${author?.name ?? author}, ${repository?.url ?? repository}`;
  const text = file ? await readFile(join(folder, file), 'utf8') : named;
  return `${name} ${version}\n\n${text.trim()}\n`;
}

export async function buildCommand(dist) {
  const { metafile } = await build({
    absWorkingDir: web,
    entryPoints: { mayfly: 'site/main.ts' },
    outdir: join(dist, 'site'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    banner: {
      // Some of the bundled packages call require() for Node's own modules.
      js: "#!/usr/bin/env node\nimport { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
  });
  const licences = await Promise.all(packagesOf(metafile).map(licenceOf));
  await mkdir(join(dist, 'site'), { recursive: true });
  await writeFile(join(dist, 'site/THIRD-PARTY-LICENSES.txt'), licences.join('\n---\n\n'));
  await build({ ...forPages, entryPoints: { corpus: 'corpus/reader.ts' }, outdir: dist });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildCommand(resolve(process.argv[2] ?? join(web, 'dist')));
}
