// SPDX-License-Identifier: Apache-2.0
// A handbook page as plain HTML: no scripts, no inline styles, raw HTML of the source reduced to its
// words, so that it stands under the strictest policy.
import { Marked } from '../web-packages.mjs';
import { inlineText } from './plain-text.mjs';

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => escapes[character]);

const words = (html) => escapeHtml(html.replace(/<[^>]*>/g, '')).replace(/&amp;(\w+;)/g, '&$1');

function safeHref(href, toRoot) {
  if (href.startsWith('page:')) {
    const [path, anchor] = href.slice('page:'.length).split('#');
    return `${toRoot}pages/${path}/${anchor ? `#${anchor}` : ''}`;
  }
  return /^(https?:|mailto:|#)/.test(href) ? href : undefined;
}

function makeRenderer(page, toRoot) {
  const slug = page.slugger();
  return {
    heading({ tokens, depth }) {
      const id = slug(inlineText(tokens).trim());
      // The page's title is the only h1.
      const level = Math.min(6, Math.max(2, depth));
      return `<h${level} id="${escapeHtml(id)}">${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    link({ href, tokens }) {
      const content = this.parser.parseInline(tokens);
      const safe = safeHref(href, toRoot);
      if (safe === undefined || content.trim() === '') return content;
      return `<a href="${escapeHtml(safe)}">${content}</a>`;
    },
    image: () => '',
    html: ({ text }) => (text.startsWith('<br') ? '<br>' : words(text)),
    table({ header, rows }) {
      const row = (cells, tag) =>
        `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
      const body = rows.map((cells) => row(cells, 'td')).join('\n');
      return `<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead>${row(header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
    },
    checkbox: () => '',
  };
}

export function renderPage(page, site) {
  const toRoot = '../'.repeat(page.url.split('/').length - 1);
  const content = new Marked({ renderer: makeRenderer(page, toRoot) }).parser(page.tokens);
  const section = page.section ? `<p class="crumb">${escapeHtml(page.section)}</p>` : '';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(page.title)} - ${escapeHtml(site.title)}</title>
    <link rel="icon" href="${toRoot}favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${toRoot}style.css">
  </head>
  <body>
    <header class="page-header">
      <a class="back" href="${toRoot}">Search the ${escapeHtml(site.title)}</a>
    </header>
    <main class="reading">
      ${section}
      <h1>${escapeHtml(page.title)}</h1>
${content}
    </main>
    <footer class="page-footer">
      <p>${site.notice}</p>
    </footer>
  </body>
</html>
`;
}
