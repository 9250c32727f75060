// SPDX-License-Identifier: Apache-2.0
// What the bundles that a page loads have in common. No source maps: they would be larger than the code,
// in a package whose sources are public.
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(fileURLToPath(import.meta.url));

/** Where the WebAssembly build writes: build/wasm, or the folder named by MAYFLY_WASM_DIR. */
export const wasmDir = resolve(process.env.MAYFLY_WASM_DIR ?? resolve(web, '../build/wasm'));

/** Of every bundle that a page loads. */
export const forPages = {
  absWorkingDir: web,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** The core's glue, which the WebAssembly build wrote, in place of its declaration. */
export const coreGlue = {
  name: 'glue of the core',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/mayfly-core\.js$/ }, () => ({
      path: join(wasmDir, 'mayfly-core.js'),
    })),
};

/** Size and checksum of the model in client/default-model.ts; `manifest` is undefined where there is none. */
export const packedModel = (manifest) => ({
  name: 'the model that is packed',
  setup: ({ onLoad }) =>
    onLoad({ filter: /client\/default-model\.ts$/ }, async ({ path }) => {
      const { bytes, sha256 } = manifest ?? {};
      const source = await readFile(path, 'utf8');
      const empty = 'expected: Partial<ModelFile> = {}';
      if (!source.includes(empty)) throw new Error(`${path} has no "${empty}"`);
      const filled = `expected: Partial<ModelFile> = ${JSON.stringify({ bytes, sha256 })}`;
      return { contents: source.replace(empty, filled), loader: 'ts' };
    }),
});

/** Style sheets in template strings, without the spaces that people read them by. */
const dense = (text) =>
  text.replace(/`[^`]*`/g, (sheet) =>
    sheet
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};]) ?/g, '$1')
      .replace(/([:,]) /g, '$1'),
  );

export const denseStyles = {
  name: 'dense style sheets',
  setup: ({ onLoad }) =>
    onLoad({ filter: /(-css|theme)\.ts$/ }, async ({ path }) => ({
      contents: dense(await readFile(path, 'utf8')),
      loader: 'ts',
    })),
};
