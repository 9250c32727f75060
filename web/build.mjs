// SPDX-License-Identifier: Apache-2.0
// Builds the package into web/dist: index.js and worker.js from client/, widget.js from widget/, the core's glue (minified)
// and its .wasm from the wasm build (build/wasm, or the folder named by MAYFLY_WASM_DIR), types, and the
// model from build/models (or MAYFLY_MODEL_DIR) where it has been converted already; and what
// build-command.mjs builds.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { buildCommand } from './build-command.mjs';
import { forPages } from './bundle-options.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const dist = resolve(web, 'dist');
const wasmDir = resolve(process.env.MAYFLY_WASM_DIR ?? resolve(web, '../build/wasm'));

async function readCore(name) {
  try {
    return await readFile(resolve(wasmDir, name));
  } catch {
    console.error(`${resolve(wasmDir, name)} is missing: build the WebAssembly module first`);
    process.exit(1);
  }
}

const wasmFiles = ['mayfly-core.wasm', 'mayfly-kernels.wasm'];
const glue = await readCore('mayfly-core.js');
for (const name of wasmFiles) await readCore(name);
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

await build({
  ...forPages,
  entryPoints: {
    index: 'client/index.ts',
    worker: 'client/worker/main.ts',
    'shared-worker': 'client/shared/main.ts',
  },
  outdir: dist,
  external: ['./mayfly-core.js'],
});

/** Style sheets in template strings, without the spaces that people read them by. */
const dense = (text) =>
  text.replace(/`[^`]*`/g, (sheet) =>
    sheet
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};]) ?/g, '$1')
      .replace(/([:,]) /g, '$1'),
  );

// The elements load the package's own files when they are first used.
await build({
  ...forPages,
  entryPoints: { widget: 'widget/index.ts', 'shared-engine': 'widget/shared-engine.ts' },
  outdir: dist,
  plugins: [
    {
      name: 'the package is in the files beside it',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^mayfly$/ }, () => ({ path: './index.js', external: true }));
        onResolve({ filter: /^\.\/shared-engine\.js$/ }, ({ path }) => ({ path, external: true }));
        onResolve({ filter: /^mayfly\/corpus$/ }, () => ({ path: './corpus.js', external: true }));
      },
    },
    {
      name: 'dense style sheets',
      setup: ({ onLoad }) =>
        onLoad({ filter: /(-css|theme)\.ts$/ }, async ({ path }) => ({
          contents: dense(await readFile(path, 'utf8')),
          loader: 'ts',
        })),
    },
  ],
});
await buildCommand(dist);
const minified = await transform(glue, { format: 'esm', target: 'es2022', minify: true });
await writeFile(resolve(dist, 'mayfly-core.js'), minified.code);
for (const name of wasmFiles) {
  await copyFile(resolve(wasmDir, name), resolve(dist, name));
}

const models = resolve(process.env.MAYFLY_MODEL_DIR ?? resolve(web, '../build/models'));
for (const model of ['minilm', 'minilm-small', 'minilm-static']) {
  const files = [`${model}.json`, `${model}.safetensors`];
  if (files.every((file) => existsSync(resolve(models, file)))) {
    await mkdir(resolve(dist, 'models'), { recursive: true });
    for (const file of files) await copyFile(resolve(models, file), resolve(dist, 'models', file));
  } else {
    console.log(`${models} holds no converted ${model}: the package is built without it`);
  }
}

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
for (const project of ['types', 'corpus-types', 'widget-types'].map(
  (of) => `tsconfig.${of}.json`,
)) {
  execFileSync(process.execPath, [resolve(typescript, 'bin/tsc'), '-p', resolve(web, project)], {
    stdio: 'inherit',
  });
}
console.log(`built ${dist}`);
