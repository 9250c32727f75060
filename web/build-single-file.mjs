// SPDX-License-Identifier: Apache-2.0
// Builds mayfly.min.js, for pages that load one classic script: client, elements and the reader of corpora as the
// global `mayfly`, with the worker as a text in it and the WebAssembly files, compressed, in the worker. Models stay
// files of their own. single-file/ has the modules that differ from those of the package of several files.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { denseStyles, forPages, wasmDir } from './bundle-options.mjs';
import { denseScript } from './dense-script.mjs';

/** Gives these modules to importers outside single-file/, which itself may import what it replaces. */
const instead = (names) => ({
  name: 'modules of the single file',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/(${names.join('|')})\\.js$`) }, ({ path, importer }) => {
      if (importer.includes('/single-file/')) return undefined;
      const name = path.split('/').pop().replace(/\.js$/, '.ts');
      return { path: join(forPages.absWorkingDir, 'single-file', name) };
    }),
});

const contents = (filter, load, loader) => ({
  name: `contents for ${filter}`,
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter }, ({ path }) => ({ path, namespace: loader }));
    onLoad({ filter, namespace: loader }, async ({ path }) => ({
      contents: await load(path),
      loader,
    }));
  },
});

const { version } = JSON.parse(
  await readFile(join(forPages.absWorkingDir, 'package.json'), 'utf8'),
);

const classic = { ...forPages, format: 'iife', write: false };

async function workerText(plugins) {
  const gzipped = async (path) =>
    gzipSync(await readFile(join(wasmDir, path.replace('.gz', ''))), { level: 9 });
  const { outputFiles } = await build({
    ...classic,
    entryPoints: ['client/worker/main.ts'],
    // The glue wants a base for an address that it never asks for.
    define: { 'import.meta.url': '"file:///"' },
    plugins: [...plugins, instead(['wasm-module']), contents(/\.wasm\.gz$/, gzipped, 'binary')],
  });
  return denseScript(outputFiles[0].text, { module: false });
}

export async function buildSingleFile(outfile, plugins) {
  const worker = await workerText(plugins);
  const { outputFiles } = await build({
    ...classic,
    globalName: 'mayfly',
    banner: { js: `/*! mayfly ${version}, Apache-2.0 */` },
    entryPoints: ['single-file/index.ts'],
    inject: ['single-file/script-address.ts'],
    define: { 'import.meta.url': 'scriptAddress' },
    plugins: [
      ...plugins,
      denseStyles,
      instead(['worker-files']),
      contents(/^worker-text$/, () => worker, 'text'),
    ],
  });
  await writeFile(outfile, await denseScript(outputFiles[0].text, { module: false }));
}
