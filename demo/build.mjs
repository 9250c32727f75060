// SPDX-License-Identifier: Apache-2.0
// Builds the demo into build/demo: the search page, the handbook's pages, the corpus (text and
// metadata, never vectors), the package and the model. Needs web/dist and build/models; other places
// by MAYFLY_MODEL_DIR and MAYFLY_DEMO_DIR.
import { execFileSync } from 'node:child_process';
import { access, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHandbook } from './corpus/handbook.mjs';
import { renderPage } from './corpus/page-html.mjs';
import { breadthFirst, pageToPassages } from './corpus/passages.mjs';
import { bundle } from './web-packages.mjs';

const demo = dirname(fileURLToPath(import.meta.url));
const root = resolve(demo, '..');
const out = resolve(process.env.MAYFLY_DEMO_DIR ?? join(root, 'build/demo'));
const models = resolve(process.env.MAYFLY_MODEL_DIR ?? join(root, 'build/models'));
const dist = join(root, 'web/dist');

const site = {
  title: 'TTS Handbook',
  notice:
    'From the handbook of 18F and Technology Transformation Services, a work of the United States ' +
    'Government in the public domain. It is here to search in, and may be out of date.',
};

async function need(path, remedy) {
  try {
    await access(path);
  } catch {
    console.error(`${path} is missing: ${remedy}`);
    process.exit(1);
  }
}

/** `folder/app.js`, which imports the package from where the demo serves it. */
async function bundleApp(entry, folder) {
  const index = folder === '.' ? './mayfly/index.js' : '../mayfly/index.js';
  await bundle({
    entryPoints: { app: join(demo, entry) },
    outdir: join(out, folder),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'the package is served beside the page',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^mayfly$/ }, () => ({ path: index, external: true })),
      },
    ],
  });
}

await need(join(dist, 'index.js'), 'run ./dev build web');
await need(join(models, 'minilm.json'), 'run ./dev build model');
await need(join(models, 'minilm.safetensors'), 'run ./dev build model');

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const file of ['index.html', 'style.css', 'favicon.svg']) {
  await cp(join(demo, 'site', file), join(out, file));
}
await bundleApp('site/app/main.ts', '.');
await bundleApp('playground/app/main.ts', 'playground');
for (const file of ['index.html', 'style.css']) {
  await cp(join(demo, 'playground', file), join(out, 'playground', file));
}
const packageFiles = ['index.js', 'worker.js', 'mayfly-core.wasm', 'mayfly-kernels.wasm'];
for (const file of packageFiles) {
  await cp(join(dist, file), join(out, 'mayfly', file));
}
for (const file of ['minilm', 'minilm-static'].flatMap((name) => [
  `${name}.json`,
  `${name}.safetensors`,
])) {
  await cp(join(models, file), join(out, 'mayfly/models', file));
}

const pages = await readHandbook(join(demo, 'site/content/pages'));
for (const page of pages) {
  const folder = join(out, page.url);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), renderPage(page, site));
}
const passages = breadthFirst(pages.map(pageToPassages));
await writeFile(
  join(out, 'corpus.json'),
  JSON.stringify({ title: site.title, pages: pages.length, passages }),
);

// The same pages for the search elements, as any site would have it; its own pages are not the handbook.
await cp(join(demo, 'widget'), join(out, 'widget'), { recursive: true });
const command = [join(dist, 'site/mayfly.js'), 'site', out, '--quiet'];
const notHandbook = ['index.html', 'widget/**', 'playground/**'].flatMap((glob) => [
  '--exclude',
  glob,
]);
execFileSync(process.execPath, [...command, ...notHandbook], { stdio: 'inherit' });
console.log(`built ${out}: ${passages.length} passages of ${pages.length} pages`);
