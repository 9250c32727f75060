// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extract, html, textsOf } from './site-tree.js';

test('main content is what is marked, else main, else article, else the body', () => {
  const all =
    '<p>outside</p><article><p>article</p></article><main><p>main</p><div data-mayfly-body><p>marked</p></div></main>';
  assert.deepEqual(textsOf(html(all)), ['marked']);
  assert.deepEqual(textsOf(html(all.replace('data-mayfly-body', ''))), ['main', 'marked']);
  assert.deepEqual(textsOf(html('<p>outside</p><article><p>article</p></article>')), ['article']);
  assert.deepEqual(textsOf(html('<p>outside</p>')), ['outside']);
  assert.deepEqual(textsOf(html('<p>outside</p><div role="main"><p>main</p></div>')), ['main']);
});

test('several marked elements are combined, one within another counts once', () => {
  const page =
    '<div data-pagefind-body><p>one</p><div data-pagefind-body><p>two</p></div></div><p>no</p><p data-pagefind-body>three</p>';
  assert.deepEqual(textsOf(html(page)), ['one', 'two', 'three']);
});

test('navigation, landmarks of the body, programs, controls and hidden content are dropped', () => {
  const dropped = [
    '<nav>menu</nav>',
    '<header>banner</header>',
    '<footer>imprint</footer>',
    '<aside>adverts</aside>',
    '<div role="navigation">menu</div>',
    '<script>program()</script>',
    '<style>p { color: red }</style>',
    '<template><p>template</p></template>',
    '<noscript>switch it on</noscript>',
    '<form><label>Name</label><input value="x"></form>',
    '<button>press</button>',
    '<p hidden>hidden</p>',
    '<p aria-hidden="true">hidden</p>',
    '<p style="display: none">hidden</p>',
    '<dialog>closed</dialog>',
    '<svg><title>picture</title><text>words</text></svg>',
    '<p data-mayfly-ignore>ignored</p>',
    '<p data-pagefind-ignore>ignored</p>',
    '<p data-pagefind-ignore="all">ignored</p>',
  ];
  for (const one of dropped) assert.deepEqual(textsOf(html(`<p>kept</p>${one}`)), ['kept'], one);
});

test('what only looks like it stays: landmarks within an article, found-in-page content, page-wide forms', () => {
  const article =
    '<article><header>by Ada</header><p>text</p><aside>note</aside><footer>2024</footer></article>';
  assert.deepEqual(textsOf(html(article)), ['by Ada', 'text', 'note', '2024']);
  assert.deepEqual(textsOf(html('<p hidden="until-found">folded</p>')), ['folded']);
  assert.deepEqual(textsOf(html('<details><summary>More</summary><p>folded</p></details>')), [
    'More',
    'folded',
  ]);
  assert.deepEqual(textsOf(html('<form><main><h1>Title</h1><p>text</p></main><input></form>')), [
    'Title',
    'text',
  ]);
});

test('white space is normalised, code keeps its lines and indentation', () => {
  const page =
    '<p>  one\n two&nbsp;&nbsp;three\u00ad\u200b </p><pre><code>if x:\n    y()   \n\n\n\n</code></pre>';
  assert.deepEqual(textsOf(html(page)), ['one two three', 'if x:\n    y()']);
});

test('lines of code that are elements stay lines, and line numbers are dropped', () => {
  const page =
    '<pre><code><div class="line"><div>a</div></div><div class="line"><div>  b</div></div></code></pre>' +
    '<table><tr><td class="gutter"><pre>1\n2</pre></td><td><pre>c\nd</pre></td></tr></table>';
  assert.deepEqual(textsOf(html(page)), ['a\n  b', 'c\nd']);
});

test('items of lists and rows of tables are blocks; a table that lays out a page is none', () => {
  const page =
    '<ul><li>one</li><li><p>two</p></li><li></li></ul><p>after</p>' +
    '<table><tr><th>Name</th><th>Type</th></tr><tr><td>a</td><td><p>b</p></td></tr></table>' +
    '<table><tr><td><h2>Left</h2><p>x</p></td><td><p>y</p></td></tr></table>';
  assert.deepEqual(textsOf(html(page)), [
    '- one',
    '- two',
    'after',
    'Name | Type',
    'a | b',
    'Left',
    'x',
    'y',
  ]);
});

test('inline elements join without a space, blocks do not', () => {
  assert.deepEqual(textsOf(html('<p>im<b>port</b>ant<br>line</p><div>a</div><div>b</div>')), [
    'important line',
    'a',
    'b',
  ]);
});

test('a heading has its id, that of its wrapper, of a link within it, or the nearest above', () => {
  const page =
    '<main><p>top</p><h2 id="a">A</h2><section id="b"><h2>B</h2><p>text</p></section>' +
    '<h2><a name="c"></a>C</h2><h3>D</h3><div class="wrap" id="e"><div><h2>E</h2></div></div>' +
    '<h2 id="f">F <a class="headerlink" href="#f">link</a><a href="#f">¶</a></h2></main>';
  const { blocks } = extract(html(page));
  assert.deepEqual(
    blocks.map(({ text, anchor }) => `${text} ${anchor}`.trim()),
    ['top', 'A a', 'B b', 'text b', 'C c', 'D c', 'E e', 'F f'],
  );
});

test('metadata, filters and sort keys are read as Pagefind writes them', () => {
  // The examples of https://pagefind.app/docs/metadata/, filtering/ and sorts/.
  const page = html(
    `<h1 data-pagefind-meta="title">Hello World</h1>
     <img src="/hero.png" alt="Hero" data-pagefind-meta="image[src], image_alt[alt]">
     <a href="/" title="Homepage" data-pagefind-meta="link_text, link_title[title], other:Freeform text, captured to the end">Go <b>home</b></a>
     <p>by <span data-pagefind-filter="author">CloudCannon</span> and <span data-pagefind-filter="author">Liam</span></p>
     <h2 data-section="Docs" data-category="Article" data-pagefind-filter="heading, tag[data-section], tag[data-category], kind:a, b">H</h2>
     <p data-pagefind-sort="date">2022-10-20</p><p data-weight="10" data-pagefind-sort="weight[data-weight]">x</p>`,
    '<title>T</title><meta data-pagefind-filter="site[content]" content="Mine"><meta data-pagefind-default-meta="image[content]" content="/social.png"><meta data-pagefind-default-meta="card[content]" content="/card.png">',
  );
  const { titles, meta, filters, sort } = extract(page);
  assert.equal(titles.marked, 'Hello World');
  assert.deepEqual(meta, {
    card: '/card.png',
    image: '/hero.png',
    image_alt: 'Hero',
    link_text: 'Go home',
    link_title: 'Homepage',
    other: 'Freeform text, captured to the end',
  });
  assert.deepEqual(filters, {
    author: ['CloudCannon', 'Liam'],
    heading: ['H'],
    kind: ['a, b'],
    site: ['Mine'],
    tag: ['Docs', 'Article'],
  });
  assert.deepEqual(sort, { date: '2022-10-20', weight: '10' });
});

test('within ignored elements annotations count, within ignore="all" nothing does', () => {
  const page = html(
    '<p>x</p><div data-mayfly-ignore><i data-mayfly-meta="a">1</i></div><div data-mayfly-ignore="all"><i data-mayfly-meta="b">2</i></div>',
  );
  assert.deepEqual(extract(page).meta, { a: '1' });
});

test("mayfly's own attribute wins over pagefind's, and reserved filters are reported", () => {
  const page = html(
    '<p data-mayfly-meta="a:mine" data-pagefind-meta="a:theirs" data-mayfly-filter="not:x">x</p>',
  );
  assert.deepEqual(extract(page).meta, { a: 'mine' });
  assert.deepEqual(extract(page).filters, {});
  assert.deepEqual(extract(page).reservedFilters, ['not']);
});

test('attributes are read as text where the page asks for it', () => {
  const page =
    '<p>before</p><img title="Title" alt="Alt" data-pagefind-index-attrs="title,alt"><p>after</p>';
  assert.deepEqual(textsOf(html(page)), ['before', 'Title Alt', 'after']);
});

test('weights are inherited by what is within, and bounded', () => {
  const page =
    '<p>a</p><div data-mayfly-weight="2"><p>b</p><p data-pagefind-weight="0.5">c</p></div><p data-mayfly-weight="99">d</p><p data-mayfly-weight="much">e</p>';
  assert.deepEqual(
    extract(html(page)).blocks.map(({ weight }) => weight),
    [1, 2, 0.5, 10, 1],
  );
});

test('robots, redirects, canonical address, language and direction are read', () => {
  const head = (text: string) => extract(html('<p>x</p>', text));
  assert.equal(head('<meta name="ROBOTS" content="nofollow, NoIndex">').noindex, true);
  assert.equal(head('<meta name="robots" content="none">').noindex, true);
  assert.equal(head('<meta name="robots" content="index">').noindex, false);
  assert.equal(head('<meta http-equiv="refresh" content="0; url=/new/">').redirects, true);
  assert.equal(head('<meta http-equiv="refresh" content="30">').redirects, false);
  assert.equal(head('<link rel="canonical" href="https://h/x/">').canonical, 'https://h/x/');
  const page = extract('<html lang="pt_br" dir="rtl"><p>x');
  assert.deepEqual([page.language, page.rightToLeft], ['pt-BR', true]);
  assert.equal(extract('<html lang="no such!"><p>x').language, undefined);
});
