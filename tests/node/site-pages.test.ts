// SPDX-License-Identifier: Apache-2.0
// What only shows when pages are together: titles, boilerplate, copies, languages, addresses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, resolveCanonical } from '../../web/site/page-address.js';
import { build, html, makeTree, readCorpus } from './site-tree.js';

const page = (title: string, body: string, head = `<title>${title}</title>`) =>
  html(`<main><h1>${title}</h1>${body}</main>`, head);
const codes = (report: { warnings: readonly { code: string }[] }) =>
  report.warnings.map(({ code }) => code);

test('passages carry the headings above them, without the title, and the anchor', async (t) => {
  const body =
    '<p>intro</p><h2 id="a">A</h2><p>text a</p><h3 id="b">B</h3><p>text b</p><h2 id="c">C</h2><h3 id="d">D</h3><p>text d</p><h2 id="e">E</h2>';
  const folder = await makeTree(t, { 'guide/index.html': page('Guide', body) });
  await build(folder);
  const passages = await readCorpus(folder);
  assert.deepEqual(
    passages.map(({ anchor, headings, text }) => [anchor, headings.join(' > '), text]),
    [
      ['', '', 'intro'],
      ['a', 'A', 'text a'],
      ['b', 'A > B', 'text b'],
      ['d', 'C > D', 'text d'],
      ['e', '', 'E'],
    ],
  );
  assert.ok(passages.every(({ url, title }) => url === 'guide/' && title === 'Guide'));
});

test('blocks on most pages are dropped, and kept with --keep-repeated', async (t) => {
  const tree = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((n) => [
      `${n}.html`,
      page(
        `P${n}`,
        `<p>words of ${n}</p>${n < 3 ? '<p>twice</p>' : ''}<h2>Feedback</h2><p>Was this page helpful?</p>`,
      ),
    ]),
  );
  const folder = await makeTree(t, tree);
  const report = await build(folder);
  assert.deepEqual(report.repeated, [{ text: 'Was this page helpful?', pages: 6 }]);
  const texts = (await readCorpus(folder)).map(({ text }) => text);
  assert.equal(texts.length, 6);
  assert.ok(texts[0]!.includes('twice') && !texts.join().includes('helpful'));
  await build(folder, '--keep-repeated');
  assert.ok((await readCorpus(folder)).some(({ text }) => text.includes('helpful')));
});

test('on few pages nothing is boilerplate', async (t) => {
  const folder = await makeTree(t, {
    'a.html': page('A', '<p>same</p>'),
    'b.html': page('B', '<p>same</p>'),
  });
  assert.deepEqual((await build(folder)).repeated, []);
});

test("the site's name is no page's title", async (t) => {
  const tree = Object.fromEntries(
    ['Start', 'Ownership', 'Traits'].map((name) => [
      `${name}.html`,
      html(
        `<h1 class="menu">The Book</h1><main><h2>${name}</h2><p>${name} text</p></main>`,
        `<title>${name} - The Book</title>`,
      ),
    ]),
  );
  const folder = await makeTree(t, tree);
  await build(folder);
  const titles = (await readCorpus(folder)).map(({ title }) => title);
  assert.deepEqual(titles.sort(), ['Ownership', 'Start', 'Traits']);
});

test('titles come from the marked element, h1, <title>, in this order, else from the file', async (t) => {
  const folder = await makeTree(t, {
    'a.html': html('<main><h1>Heading</h1><i data-mayfly-meta="title">Marked</i><p>1</p></main>'),
    'b.html': html('<header><h1>Outer</h1></header><main><p>2</p></main>', '<title>Head</title>'),
    'c.html': html('<main><p>3</p></main>', '<title>Head</title>'),
    'd.html': html('<main><p>4</p></main>', ''),
  });
  const report = await build(folder);
  const titles = (await readCorpus(folder)).map(({ title }) => title);
  assert.deepEqual(titles, ['Marked', 'Outer', 'Head', 'd']);
  assert.ok(codes(report).includes('missing-title'));
});

test('noindex, redirects, copies and pages without a mark that others have are left out', async (t) => {
  const folder = await makeTree(t, {
    'a/index.html': page('A', '<p data-pagefind-body>a</p>'),
    'copy.html': page(
      'A2',
      '<p data-pagefind-body>aa</p>',
      '<link rel=canonical href="https://h/site/a/">',
    ),
    'hidden.html': page('H', '<p data-pagefind-body>h</p>', '<meta name=robots content=noindex>'),
    'old.html': html('', '<meta http-equiv=refresh content="0;url=/a/">'),
    'unmarked.html': page('U', '<p>u</p>'),
    '404.html': page('Not found', '<p data-pagefind-body>no</p>'),
  });
  const report = await build(folder);
  assert.deepEqual(report.leftOut, { noindex: 1, redirects: 1, unmarked: 1, copies: 1 });
  assert.deepEqual(
    (await readCorpus(folder)).map(({ url }) => url),
    ['a/'],
  );
});

test('duplicates, empty pages and pages without main content or language are warned of', async (t) => {
  const folder = await makeTree(t, {
    'a.html': page('Same', '<p>text</p>'),
    'long/a.html': page('Same', '<p>text</p>'),
    'b.html': page('Same', '<p>other</p>'),
    'empty.html': '<html lang=en><title>E</title><main><img src=x></main>',
    'bare.html': '<title>Bare</title><p>bare</p>',
  });
  const report = await build(folder);
  assert.deepEqual(codes(report), [
    'empty-page',
    'duplicate-page',
    'duplicate-title',
    'no-main-content',
    'missing-language',
  ]);
  assert.deepEqual(report.warnings[1]!.files, ['long/a.html is a.html']);
  assert.equal(report.pages, 3);
});

test('languages are shelves; a page that names none gets --language, every page --force-language', async (t) => {
  const tongue = (language: string, text: string) =>
    `<html lang="${language}"><title>${text}</title><main><p>${text}</p></main>`;
  const folder = await makeTree(t, {
    'en.html': tongue('en', 'hello'),
    'ar.html': tongue('ar', 'marhaba'),
    'en2.html': tongue('EN', 'again'),
    'none.html': '<title>none</title><main><p>none</p></main>',
  });
  const names = async (...flags: string[]) =>
    (await build(folder, ...flags)).languages.map(({ language, pages }) => `${language} ${pages}`);
  assert.deepEqual(await names(), ['en 2', 'ar 1', 'und 1']);
  assert.equal((await readCorpus(folder)).find(({ url }) => url === 'ar.html')!.page['dir'], 'rtl');
  assert.deepEqual(await names('--language', 'de'), ['en 2', 'ar 1', 'de 1']);
  assert.deepEqual(await names('--force-language', 'en'), ['en 4']);
});

test('the first passages of all pages come before the second of any', async (t) => {
  const two = (name: string) => page(name, `<p>${name}1</p><h2>H</h2><p>${name}2</p>`);
  const folder = await makeTree(t, {
    'x/deep.html': two('d'),
    'a.html': two('a'),
    'index.html': two('i'),
  });
  await build(folder);
  const texts = (await readCorpus(folder)).map(({ text }) => text);
  assert.deepEqual(texts, ['i1', 'a1', 'd1', 'i2', 'a2', 'd2']);
});

test('a passage ends where the weight changes', async (t) => {
  const folder = await makeTree(t, {
    'a.html': page(
      'A',
      '<p>one</p><p data-mayfly-weight="3">two</p><p data-mayfly-weight="3">three</p><p>four</p>',
    ),
  });
  await build(folder);
  assert.deepEqual(
    (await readCorpus(folder)).map(({ text, weight }) => [text, weight]),
    [
      ['one', 1],
      ['two\n\nthree', 3],
      ['four', 1],
    ],
  );
});

test('addresses are those that a static host serves', () => {
  assert.equal(addressOf('index.html'), './');
  assert.equal(addressOf('a/index.html'), 'a/');
  assert.equal(addressOf('a/b c#1?.html'), 'a/b%20c%231%3F.html');
  assert.equal(addressOf('myindex.html'), 'myindex.html');
});

test('a canonical address names the page itself, another one of the site, or none', () => {
  const keys = new Set(['', 'intro', 'v1/intro', 'v2/intro']);
  const of = (address: string, canonical?: string) => {
    const found = resolveCanonical(address, canonical, keys);
    return found.kind === 'self' ? found.address : found.kind === 'page' ? `=${found.key}` : '?';
  };
  assert.equal(of('intro.html'), 'intro.html');
  assert.equal(of('intro.html', 'https://h/intro'), 'intro', 'as the host serves it');
  assert.equal(of('intro.html', 'https://h/project/intro/'), 'intro/');
  assert.equal(of('v1/intro.html', 'https://h/v2/intro.html'), '=v2/intro');
  assert.equal(of('v1/intro/', '/elsewhere'), '?');
  assert.equal(of('intro/', 'https://h/'), '=');
  assert.equal(of('./', 'https://h/project/'), './');
  assert.equal(of('./', 'https://h/project/intro'), '=intro');
  assert.equal(of('intro/', 'http://['), 'intro/', 'no address at all');
});
