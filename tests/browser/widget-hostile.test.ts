// SPDX-License-Identifier: Apache-2.0
// A corpus that was written by an enemy: its text is shown as text, and its addresses lead nowhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Passage } from '../../web/widget/corpus-source.js';
import { search, useWidgetPages } from './widget-page.js';

const widget = useWidgetPages();

const MARKUP = [
  '<script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 1">',
  '<svg onload="window.pwned = 1">',
  '<iframe srcdoc="<script>parent.pwned = 1</script>">',
  '</span></a><b onclick="window.pwned = 1">',
  '"><script>window.pwned = 1</script>',
  "' onmouseover='window.pwned = 1",
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=1>',
  '<template><script>window.pwned = 1</script></template>',
  '<a href="javascript:window.pwned=1">x</a>',
  '${window.pwned = 1}',
  '{{constructor.constructor("window.pwned = 1")()}}',
  '&lt;script&gt;window.pwned = 1&lt;/script&gt;',
  '<!--><script>window.pwned = 1</script>-->',
  '<slot name="start"></slot><style>*{display:none}</style>',
  '\u202e<script>window.pwned = 1</script>\u202c',
  '\u0000<script>window.pwned = 1</script>',
];
const ADDRESSES = [
  'javascript:window.pwned=1',
  'JaVaScRiPt:window.pwned=1',
  ' javascript:window.pwned=1',
  'java\nscript:window.pwned=1',
  'data:text/html,<script>opener.pwned=1</script>',
  'vbscript:x',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'http://[',
  '/fine/"onclick="window.pwned=1',
];

/** 50 of them: each markup and each address, in every field. */
const PASSAGES: Passage[] = Array.from({ length: 50 }, (_, i) => {
  const markup = MARKUP[i % MARKUP.length] as string;
  return {
    id: `${i}${markup}`,
    title: `${markup} hostile ${i}`,
    headings: [`${markup} part`],
    text: `hostile word${i} ${markup} and more hostile text that is different ${'abcdefgh'.repeat(i % 5)}${i}.`,
    metadata: {
      page: '',
      // Each its own page.
      url: `${ADDRESSES[i % ADDRESSES.length]}${i}`,
      anchor: markup,
      meta: { image: ADDRESSES[(i + 3) % ADDRESSES.length] as string },
      filters: { [`kind ${markup}`]: `${markup} ${i % 3}` },
    },
  };
});

const TEMPLATE = `<template slot="result"><a><img data-src="meta.image"><b data-text="title"></b>
  <i data-text="headings"></i><em data-text="snippet"></em><u data-text="meta.page"></u></a></template>`;

for (const [name, template] of [
  ['the own look', ''],
  ['a template', TEMPLATE],
] as const) {
  test(`50 hostile titles, texts and addresses do nothing with ${name}`, async (t) => {
    widget.writeCorpus('hostile', PASSAGES, { model: null, staticModel: null });
    const { page, problems } = await widget.open(
      t,
      `<mayfly-search corpus="/mayfly/corpus/hostile.json">${template}</mayfly-search>`,
    );
    await page.getByRole('combobox').focus();
    const seen = new Set<string>();
    for (let i = 0; i < PASSAGES.length; i++) {
      await search(page, `"word${i}"`);
      const title = PASSAGES[i]?.title?.replaceAll('\u0000', '') ?? '';
      await page.waitForFunction((wanted) => {
        const option = document
          .querySelector('mayfly-search')!
          .shadowRoot!.querySelector('[role=option]');
        return option?.textContent?.includes(wanted);
      }, `hostile ${i}`);
      const option = page.getByRole('option').first();
      assert.ok(
        (await option.textContent())?.replaceAll(/[\u0000\ufffd]/g, '').includes(title),
        title,
      );
      const address = await option.getAttribute('href');
      if (address !== null) assert.match(address, /^https?:\/\//);
      seen.add(String(address));
      await option.dispatchEvent('mouseover');
    }
    await page.getByRole('button', { name: 'Why these results' }).click();
    await search(page, '<img src=x onerror="window.pwned = 1"> hostile');
    assert.ok(
      seen.has('null') && seen.size > 2,
      'dangerous addresses lead nowhere, others somewhere',
    );
    const strange = await page.evaluate(() => {
      const root = document.querySelector('mayfly-search')!.shadowRoot!;
      return root.querySelectorAll('script, iframe, style, form, [onerror], [onclick], [onload]')
        .length;
    });
    assert.equal(strange, 0);
    assert.equal(await page.evaluate(() => 'pwned' in window), false);
    const bad = problems.filter((problem) => !/img-src|Failed to load resource/.test(problem));
    assert.deepEqual(bad, []);
  });
}
