// SPDX-License-Identifier: Apache-2.0
// The sites of the suite `site`, built into build/bench/sites/NAME by what a site's owner would run: pages, then
// `mayfly site`, then `pagefind`. Both read the same pages and take the same <main>. The pages that search are
// written last, so that neither finds them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readHandbook } from '../../../demo/corpus/handbook.mjs';
import { escapeHtml, renderPage } from '../../../demo/corpus/page-html.mjs';
import { randomNumbers } from '../clustered_vectors.mjs';
import { here, root } from '../places.mjs';
import { sitePeers } from './site_peers.mjs';

const THOUSAND = 1000;
const TEXTS_PER_PAGE = 5;
const SEED = 20261127;

const about = { title: 'TTS Handbook', notice: 'A public handbook.' };

// [{url, html}] of the demo's handbook, as the demo has it.
async function handbook() {
  const pages = await readHandbook(path.join(root, 'demo/site/content/pages'));
  return pages.map((page) => ({ url: page.url, html: renderPage(page, about) }));
}

const texts = (collection) =>
  gunzipSync(readFileSync(path.join(root, 'tests/eval/collections', collection, 'corpus.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function shuffled(list, next) {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; --last) {
    const other = Math.floor(next() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

function articlesPage(articles) {
  const sections = articles.map(
    ({ title, text }, place) =>
      `<h2 id="part-${place}">${escapeHtml(title)}</h2>\n<p>${escapeHtml(text)}</p>`,
  );
  const title = escapeHtml(articles[0].title);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1>
${sections.join('\n')}
</main></body></html>
`;
}

// The handbook among pages of encyclopedia articles and scientific abstracts, five to a page.
async function thousand() {
  const own = await handbook();
  const all = [...texts('boolq-dev'), ...texts('scifact-train')].filter(({ title }) => title);
  const mixed = shuffled(all, randomNumbers(SEED));
  const others = Array.from({ length: THOUSAND - own.length }, (_, page) => ({
    url: `articles/${page + 1}/`,
    html: articlesPage(mixed.slice(page * TEXTS_PER_PAGE, (page + 1) * TEXTS_PER_PAGE)),
  }));
  return [...own, ...others];
}

export const siteTrees = [
  { id: 'handbook', title: '230 pages', pages: handbook },
  { id: 'thousand', title: '1,000 pages', pages: thousand },
];

const write = (file, text) => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

// The folder of the built site.
export async function buildTree({ id, pages }) {
  const folder = path.join(root, 'build/bench/sites', id);
  rmSync(folder, { recursive: true, force: true });
  for (const { url, html } of await pages()) {
    const marked = html.replace('<main', '<main data-pagefind-body');
    write(path.join(folder, url, 'index.html'), marked);
  }
  const options = { stdio: ['ignore', 'ignore', 'inherit'] };
  const command = path.join(root, 'web/dist/site/mayfly.js');
  execFileSync(process.execPath, [command, 'site', folder, '--quiet'], options);
  const pagefind = path.join(here, 'node_modules/.bin/pagefind');
  execFileSync(pagefind, ['--site', folder, '--silent'], options);
  for (const peer of sitePeers) write(path.join(folder, `search-${peer.id}.html`), peer.html);
  return folder;
}
