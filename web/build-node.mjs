// SPDX-License-Identifier: Apache-2.0
// Builds the package's form for Node, dist/node: the client, and the worker as a thread. Of the page's
// form it replaces what a page has and Node has not, file by file.
import { basename, dirname, join, resolve } from 'node:path';
import { forPages } from './bundle-options.mjs';
import { build } from 'esbuild';

const web = forPages.absWorkingDir;

/** Files of client/; the form for Node is in node/ under the same name. */
const REPLACED = [
  'absolute-url.ts',
  'spawn-worker.ts',
  'pool/worker-count.ts',
  'worker/download.ts',
  'worker/seal.ts',
].map((file) => join(web, 'client', file));

const formsOfNode = {
  name: 'forms of Node',
  setup({ onResolve }) {
    onResolve({ filter: /\/mayfly-core\.js$/ }, () => ({
      path: '../mayfly-core.js',
      external: true,
    }));
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer }) => {
      const source = resolve(dirname(importer), path).replace(/\.js$/, '.ts');
      // The form for Node may import the page's.
      const own = dirname(importer) === join(web, 'node');
      return !own && REPLACED.includes(source)
        ? { path: join(web, 'node', basename(source)) }
        : undefined;
    });
  },
};

export async function buildNode(dist) {
  await build({
    ...forPages,
    platform: 'node',
    target: 'node20',
    entryPoints: { index: 'client/index.ts', worker: 'node/worker.ts' },
    outdir: join(dist, 'node'),
    plugins: [formsOfNode],
    // What the page's form finds beside its own file is one folder up.
    banner: { js: "const packageFile = new URL('../index.js', import.meta.url).href;" },
    define: { 'import.meta.url': 'packageFile' },
  });
}
