// SPDX-License-Identifier: Apache-2.0
// How each bundler builds the two pages of project/. `lines`: what web/README.md tells to write for it; a test holds that
// page to them. `build` writes pages and scripts to `out`. What it needs beside the strict
// policy: `inline`, a script within the page; `policies`, names of trusted-types policies of its own.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';
import { run } from './installed-package.mjs';

const PAGES = ['search', 'elements'];
const entries = (project) =>
  Object.fromEntries(PAGES.map((page) => [page, join(project, `src/${page}.js`)]));

/** The project's pages for scripts that lie beside them, and its public files. */
async function writePages(project, out) {
  await cp(join(project, 'public'), out, { recursive: true });
  for (const page of PAGES) {
    const html = await readFile(join(project, `${page}.html`), 'utf8');
    await writeFile(join(out, `${page}.html`), html.replace('/src/', '/'));
  }
}

async function buildVite(project, out) {
  await vite.build({
    root: project,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: out,
      rollupOptions: { input: PAGES.map((page) => join(project, `${page}.html`)) },
    },
  });
}

async function buildWebpack(project, out) {
  await writePages(project, out);
  const compiler = webpack({
    mode: 'production',
    context: project,
    entry: entries(project),
    output: { path: out, trustedTypes: 'webpack' },
    performance: { hints: false },
  });
  const stats = await new Promise((done, fail) =>
    compiler.run((error, result) => (error ? fail(error) : done(result))),
  );
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
}

async function buildRollup(project, out) {
  await writePages(project, out);
  const bundle = await rollup({
    input: entries(project),
    plugins: [nodeResolve(), importMetaAssets()],
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  await bundle.write({ dir: out, format: 'es' });
}

const COPY =
  'cp -R node_modules/mayfly/dist/{worker.js,mayfly-core.wasm,mayfly-kernels.wasm,models} out/';

async function buildEsbuild(project, out) {
  await writePages(project, out);
  await esbuild.build({
    absWorkingDir: project,
    entryPoints: entries(project),
    outdir: out,
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  });
  await run('bash', ['-c', COPY.replace(/out\/$/, out)], { cwd: project });
}

async function buildNothing(project, out) {
  await writePages(project, out);
  await cp(join(project, 'node_modules/mayfly/dist'), join(out, 'mayfly'), { recursive: true });
  await cp(join(project, 'src'), out, { recursive: true });
  for (const page of PAGES) {
    const path = join(out, `${page}.html`);
    const html = await readFile(path, 'utf8');
    await writeFile(
      path,
      html.replace('<script', `<script type="importmap">${IMPORT_MAP}</script><script`),
    );
  }
}

/** A classic script that knows no address of its own, and none of the package's files beside it. */
export async function buildElsewhere(project) {
  const out = join(project, 'out/elsewhere');
  await cp(join(project, 'public'), out, { recursive: true });
  const html = await readFile(join(project, 'search.html'), 'utf8');
  const script = '<script defer src="/elsewhere.js">';
  await writeFile(join(out, 'search.html'), html.replace(/<script[^>]*>/, script));
  await esbuild.build({
    absWorkingDir: project,
    entryPoints: ['src/elsewhere.js'],
    outdir: out,
    bundle: true,
    format: 'iife',
    logLevel: 'error',
  });
  return out;
}

const IMPORT_MAP = JSON.stringify({
  imports: {
    mayfly: '/mayfly/index.js',
    'mayfly/minilm-static': '/mayfly/minilm-static.js',
    'mayfly/widget': '/mayfly/widget.js',
  },
});

export const bundlers = [
  { name: 'Vite', lines: [], build: buildVite },
  {
    name: 'webpack',
    lines: ["output: { trustedTypes: 'webpack' }", 'trusted-types mayfly webpack'],
    build: buildWebpack,
    policies: ' webpack',
  },
  { name: 'Rollup', lines: ['plugins: [nodeResolve(), importMetaAssets()]'], build: buildRollup },
  {
    name: 'esbuild',
    lines: [COPY],
    build: buildEsbuild,
  },
  {
    name: 'no bundler',
    lines: [
      '<script type="importmap">',
      '"mayfly": "/mayfly/index.js"',
      '"mayfly/minilm-static": "/mayfly/minilm-static.js"',
    ],
    build: buildNothing,
    inline: IMPORT_MAP,
  },
];

export async function buildWith({ name, build }, project) {
  const out = join(project, 'out', name.replace(' ', '-'));
  await mkdir(out, { recursive: true });
  await build(project, out);
  return out;
}
