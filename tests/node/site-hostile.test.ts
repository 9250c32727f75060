// SPDX-License-Identifier: Apache-2.0
// Pages that nobody meant to be read: no crash, no hang, and text stays text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractPage } from '../../web/site/extract-page.js';
import { build, extract, html, makeTree, readCorpus, textsOf } from './site-tree.js';

test('100,000 nested elements of any kind are read to the innermost word', () => {
  for (const tag of [
    '<div>',
    '<span>',
    '<ul><li>',
    '<section id=x>',
    '<blockquote><p>',
    '<b><i>',
    '<div data-mayfly-weight=2>',
  ]) {
    const page = extract(tag.repeat(100_000) + 'innermost');
    assert.match(page.blocks.at(-1)?.text ?? '', /innermost/, tag);
  }
});

test('nested tables, forms, headings and landmarks end too', () => {
  for (const tag of [
    '<table><tr><td>',
    '<form>',
    '<h2>',
    '<aside>',
    '<header><div>',
    '<a href=#>',
    '<svg>',
    '<template>',
  ]) {
    assert.ok(extract(`<p>first</p>${tag.repeat(20_000)}x`).blocks.length > 0, tag);
  }
});

test('a page of 10 MB is read whole', () => {
  const words = 'all of these words are text. ';
  const page = extract(`<main>${`<p>${words.repeat(40)}</p>`.repeat(9000)}</main>`);
  assert.equal(page.blocks.length, 9000);
  assert.equal(page.blocks.at(-1)!.text, words.repeat(40).trim());
});

test('unclosed and misnested tags give the text that a browser shows', () => {
  assert.deepEqual(
    textsOf('<title>T</title><p>one<p>two<b>bold<p>three</b></i></div></main>four'),
    ['one', 'twobold', 'threefour'],
  );
  assert.deepEqual(textsOf('<p>a < b && c <3'), ['a < b && c <3']);
  assert.deepEqual(textsOf('<p>start<!-- never closed'), ['start']);
  assert.deepEqual(textsOf('<p title="never closed>text'), []);
});

test('null bytes and control characters do not reach the text', () => {
  assert.deepEqual(textsOf('<p>a\0b\x01\x1b[31mc&#0;&#x1f;d</p>'), ['ab[31mc\ufffdd']);
  assert.deepEqual(extract(html('<p>x</p>', '<title>T\0\x07</title>')).titles.head, 'T\ufffd');
});

test('bytes that are no text at all are read without an error', () => {
  let state = 20240607;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) >> 16;
  for (let round = 0; round < 50; round++) {
    const bytes = Uint8Array.from({ length: 2000 }, () => random() & 255);
    assert.doesNotThrow(() => extractPage(bytes), `seed 20240607, round ${round}`);
  }
});

test('windows-1252 is read as declared, and a wrong declaration is reported', () => {
  const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const declared = extractPage(latin('<meta charset="windows-1252"><p>caf\xe9 \x93x\x94</p>'));
  assert.equal(declared.blocks[0]!.text, 'café “x”');
  assert.equal(declared.encodingProblem, undefined);
  const http =
    '<meta http-equiv=content-type content="text/html; charset=ISO-8859-1"><p>caf\xe9</p>';
  assert.equal(extractPage(latin(http)).blocks[0]!.text, 'café');
  const silent = extractPage(latin('<p>caf\xe9</p>'));
  assert.equal(silent.blocks[0]!.text, 'café');
  assert.match(silent.encodingProblem!, /names no encoding/);
  const wrong = extractPage(latin('<meta charset=utf-8><p>caf\xe9</p>'));
  assert.equal(wrong.blocks[0]!.text, 'caf\ufffd');
  assert.match(wrong.encodingProblem!, /not UTF-8/);
  assert.match(extractPage(latin('<meta charset=klingon><p>x</p>')).encodingProblem!, /klingon/);
});

test('byte order marks decide, and a declared UTF-16 that is ASCII is UTF-8', () => {
  const utf16 = new Uint8Array(Buffer.from('\ufeff<p>naïve 日本</p>', 'utf16le'));
  assert.equal(extractPage(utf16).blocks[0]!.text, 'naïve 日本');
  assert.deepEqual(textsOf('\ufeff<p>first</p>'), ['first']);
  assert.deepEqual(textsOf('<meta charset=utf-16><p>naïve</p>'), ['naïve']);
});

test('titles and texts that look like programs stay text, in every file', async (t) => {
  const attacks = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</script><svg/onload=alert(1)>',
    "javascript:alert('1')",
    '{{constructor.constructor("alert(1)")()}}',
    '\u2028\u2029]]>',
    '__proto__',
  ];
  const escape = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
  const folder = await makeTree(
    t,
    Object.fromEntries(
      attacks.map((attack, index) => [
        `p${index}.html`,
        html(`<main><h1>${escape(attack)}</h1><p>${escape(attack)} text ${index}</p></main>`),
      ]),
    ),
  );
  await build(folder);
  const passages = await readCorpus(folder);
  const expected = attacks.map((attack) => attack.replace(/\s+/g, ' ').trim());
  assert.deepEqual(
    passages.map(({ title }) => title),
    expected,
  );
  passages.forEach(({ text }, index) => assert.ok(text.startsWith(expected[index]!)));
});

test('names that objects have already are names like any other', () => {
  const { meta, filters } = extract(
    html('<p data-mayfly-meta="__proto__:x" data-mayfly-filter="constructor:y">z</p>'),
  );
  assert.deepEqual(Object.entries(meta), [['__proto__', 'x']]);
  assert.deepEqual(Object.entries(filters), [['constructor', ['y']]]);
  assert.equal(({} as Record<string, unknown>)['x'], undefined);
});

test('very long words and lines are cut without breaking a character', async (t) => {
  const folder = await makeTree(t, {
    'a.html': html(
      `<main><h1>Long</h1><p>${'𝒜'.repeat(9001)}</p><pre>${'x'.repeat(50_000)}</pre></main>`,
    ),
  });
  await build(folder);
  const texts = (await readCorpus(folder)).map(({ text }) => text);
  assert.ok(texts.every((text) => text.length <= 4100 && !/\p{Cs}/u.test(text)));
  assert.equal(texts.join('').replace(/\s/g, '').length, 2 * 9001 + 50_000);
});
