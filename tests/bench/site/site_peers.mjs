// SPDX-License-Identifier: Apache-2.0
// Who searches the sites. `html` is the page that a visitor opens; `driver` runs in it and defines
// window.siteSearch (see page/site_*.js). A visitor's bytes are those of the page and of all that it asks for.
import path from 'node:path';
import { here } from '../places.mjs';

const page = (head, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Search</title><link rel="icon" href="data:,">${head}</head>
<body>${body}</body></html>
`;
const driver = (name) => path.join(here, 'page', name);
const widget = '<script type="module" src="/mayfly/widget.js"></script>';

export const sitePeers = [
  {
    id: 'mayfly',
    title: 'Mayfly',
    counts: '<mayfly-search> as it comes: words, the static model, then the transformer',
    driver: driver('site_mayfly.js'),
    html: page(widget, '<mayfly-search></mayfly-search>'),
  },
  {
    id: 'mayfly-words',
    title: 'Mayfly, words alone',
    counts: '<mayfly-search> without a model: the first answer of the above',
    driver: driver('site_mayfly.js'),
    html: page(widget, '<mayfly-search model="none" static-model="none"></mayfly-search>'),
  },
  {
    id: 'pagefind',
    title: 'Pagefind',
    counts: 'import of pagefind.js, init(), search(), data() of the first five results',
    driver: driver('site_pagefind.js'),
    html: page('', '<input type="search" aria-label="Search">'),
  },
];
