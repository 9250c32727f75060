// SPDX-License-Identifier: Apache-2.0
// Builds the package's form for Node, dist/node: the client, and the worker as a thread. Of the page's
// form it replaces what a page has and Node has not, file by file.
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { forPages } from './bundle-options.mjs';

const web = forPages.absWorkingDir;

/** Files of client/; the form for Node is in node/ under the same name. */
const REPLACED = [
  'absolute-url.ts',
  'spawn-worker.ts',
  'pool/worker-count.ts',
  'worker/download.ts',
  'worker/seal.ts',
].map((file) => join(web, 'client', file));

/** `replaced` tells which of them something imports. */
const formsOfNode = (replaced) => ({
  name: 'forms of Node',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer }) => {
      const source = resolve(dirname(importer), path).replace(/\.js$/, '.ts');
      // The form for Node may import the page's.
      if (dirname(importer) === join(web, 'node') || !REPLACED.includes(source)) return undefined;
      replaced.add(source);
      return { path: join(web, 'node', basename(source)) };
    }),
});

/** `plugins`: those of the page's bundles. */
export async function buildNode(dist, plugins) {
  const replaced = new Set();
  await build({
    ...forPages,
    platform: 'node',
    target: 'node20',
    entryPoints: { index: 'client/index.ts', worker: 'node/worker.ts' },
    outdir: join(dist, 'node'),
    plugins: [...plugins, formsOfNode(replaced)],
    // What the page's form finds beside its own file is one folder up.
    banner: { js: "const packageFile = new URL('../index.js', import.meta.url).href;" },
    define: { 'import.meta.url': 'packageFile' },
  });
  const unused = REPLACED.filter((source) => !replaced.has(source));
  if (unused.length > 0)
    throw new Error(`nothing imports ${unused.join()}: its form for Node is dead`);
}
