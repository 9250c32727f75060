// SPDX-License-Identifier: Apache-2.0
// A real tree: the demo's handbook, rendered to HTML by the demo. What is expected comes from its Markdown,
// read by the demo's own code, which shares nothing with the command.
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { repositoryFile } from './repository.js';
import { build, makeTree, readCorpus, writeTree } from './site-tree.js';

const demo = (path: string) => import(pathToFileURL(repositoryFile(`demo/${path}`)).href);
const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

test('every section of the handbook is found under its page, title and anchor, and nothing else is', async (t) => {
  const { readHandbook } = await demo('corpus/handbook.mjs');
  const { renderPage } = await demo('corpus/page-html.mjs');
  const { sections } = await demo('corpus/passages.mjs');
  const pages = await readHandbook(repositoryFile('demo/site/content/pages'));
  const site = { title: 'Handbook', notice: 'May be out of date.' };
  const folder = await makeTree(t, {});
  await writeTree(
    folder,
    Object.fromEntries(
      pages.map((page: any) => [join(page.url, 'index.html'), renderPage(page, site)]),
    ),
  );
  await cp(repositoryFile('demo/site/index.html'), join(folder, 'index.html'));
  const report = await build(folder);
  assert.equal(report.files, pages.length + 1);
  assert.ok(report.pages >= pages.length, `${report.pages} of ${pages.length} pages`);
  assert.deepEqual(
    report.warnings.map(({ code }) => code).filter((code) => code !== 'duplicate-title'),
    [],
  );

  const passages = await readCorpus(folder);
  const byPage = new Map<string, typeof passages>();
  for (const passage of passages) {
    byPage.set(passage.url, [...(byPage.get(passage.url) ?? []), passage]);
  }
  let checked = 0;
  for (const page of pages) {
    const title = page.title.replace(/\s+/g, ' ');
    const ofPage = byPage.get(page.url) ?? [];
    for (const { heading, anchor, lines } of sections(page.tokens, page.slugger())) {
      const expected = words(lines.join(' '));
      if (expected.length < 8) continue;
      const where = `${page.url}#${anchor}`;
      assert.ok(
        ofPage.some((passage) => passage.anchor === anchor && passage.title === title),
        where,
      );
      // Headings within quotations are headings of the HTML, but none to the Markdown's reader.
      const beneath = ofPage.filter(
        (one) => one.anchor === anchor || one.headings.includes(heading),
      );
      const there = new Set(
        words(beneath.map(({ text, headings }) => [text, ...headings].join(' ')).join(' ')),
      );
      const missing = expected.filter((word) => !there.has(word));
      assert.ok(missing.length <= expected.length / 20, `${where}: ${missing.join(' ')}`);
      checked++;
    }
  }
  assert.ok(checked > 1000, `${checked} sections`);
  const all = passages.map(({ text }) => text).join('\n');
  assert.ok(!all.includes(site.notice) && !all.includes('Search the Handbook'));
});
