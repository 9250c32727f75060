// SPDX-License-Identifier: Apache-2.0
// Builds the package into web/dist: index.js and worker.js from client/ (the core's glue is in the worker), widget.js from
// widget/, the .wasm files from the wasm build (build/wasm, or the folder named by MAYFLY_WASM_DIR), the models from
// build/models (or MAYFLY_MODEL_DIR) where they have been converted already, types, what build-command.mjs and build-node.mjs
// build, and mayfly.min.js.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildCommand } from './build-command.mjs';
import { buildNode } from './build-node.mjs';
import { buildSingleFile } from './build-single-file.mjs';
import { buildTypes } from './build-types.mjs';
import { coreGlue, denseStyles, forPages, packedModel, wasmDir } from './bundle-options.mjs';
import { makeDense } from './dense-script.mjs';
import { packModels } from './pack-models.mjs';

const web = dirname(fileURLToPath(import.meta.url));
const dist = resolve(web, 'dist');
const modelDir = resolve(process.env.MAYFLY_MODEL_DIR ?? resolve(web, '../build/models'));

const wasmFiles = ['mayfly-core.wasm', 'mayfly-kernels.wasm'];
for (const name of ['mayfly-core.js', ...wasmFiles]) {
  if (existsSync(resolve(wasmDir, name))) continue;
  console.error(`${resolve(wasmDir, name)} is missing: build the WebAssembly module first`);
  process.exit(1);
}
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

for (const name of wasmFiles) await copyFile(resolve(wasmDir, name), resolve(dist, name));
// npm packs them from here.
for (const name of ['LICENSE', 'NOTICE'])
  await copyFile(resolve(web, '..', name), resolve(web, name));
const manifests = await packModels(modelDir, dist);
const plugins = [coreGlue, packedModel(manifests.get('minilm'))];
await build({
  ...forPages,
  entryPoints: {
    index: 'client/index.ts',
    worker: 'client/worker/main.ts',
    'shared-worker': 'client/shared/main.ts',
  },
  outdir: dist,
  plugins,
});

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
    denseStyles,
  ],
});
await buildNode(dist, plugins);
await buildCommand(dist);
const scripts = ['index', 'worker', 'shared-worker', 'widget', 'shared-engine', 'corpus'];
await makeDense(scripts.map((name) => resolve(dist, `${name}.js`)));
await buildSingleFile(resolve(dist, 'mayfly.min.js'), plugins);

await buildTypes(web, resolve(dist, 'types'));
console.log(`built ${dist}`);
