// SPDX-License-Identifier: Apache-2.0
// Pages with the search elements under a strict policy and Trusted Types, over 60 passages of the handbook.
import { readFileSync } from 'node:fs';
import { after, before, type TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Passage } from '../../web/widget/corpus-source.js';
import { repositoryFile } from '../node/repository.js';
import { launchChromium } from './chromium.js';
import { corpusFiles, type Models } from './widget-corpus.js';
import { openPage, serveSite, type Site, type WatchedPage } from './strict-site.js';

/** Beside what the server's header forbids. */
const TRUSTED_TYPES = `<meta http-equiv="Content-Security-Policy"
  content="require-trusted-types-for 'script'; trusted-types mayfly">`;

interface DemoPassage {
  id: string;
  title: string;
  headings: string[];
  text: string;
  metadata: { section: string; url: string };
}

/** Some pages' first passages. */
export function handbookPassages(demoFolder: string, count = 60): Passage[] {
  const { passages } = JSON.parse(readFileSync(`${demoFolder}/corpus.json`, 'utf8')) as {
    passages: DemoPassage[];
  };
  const pageOf = (passage: DemoPassage) => passage.metadata.url.split('#')[0] as string;
  const byPage = new Map<string, DemoPassage[]>();
  for (const passage of passages) {
    if (!/leave|travel-|equipment|feedback|slack/i.test(passage.id)) continue;
    const page = pageOf(passage);
    byPage.set(page, [...(byPage.get(page) ?? []), passage]);
  }
  return [...byPage.values()]
    .flatMap((ofPage) => ofPage.slice(0, 4))
    .slice(0, count)
    .map((passage) => {
      const { id, title, headings, text, metadata } = passage;
      const { section, url } = metadata;
      const anchor = url.split('#')[1];
      return {
        id,
        title,
        text,
        headings,
        metadata: {
          page: pageOf(passage),
          url: pageOf(passage),
          filters: { section, length: text.length > 400 ? 'long' : 'short' },
          ...(anchor ? { anchor } : {}),
        },
      };
    });
}

export interface WidgetPage extends WatchedPage {
  readonly page: Page;
}

export interface WidgetTests {
  /** Opens a page with this in its body. */
  open(t: TestContext, body: string, options?: WidgetPageOptions): Promise<WidgetPage>;
  readonly site: Site;
  writeCorpus(name: string, passages: readonly Passage[], models?: Models): void;
}

export interface WidgetPageOptions extends BrowserContextOptions {
  lang?: string;
  dir?: string;
  /** Of the page's own style sheet. */
  css?: string;
  script?: string;
  path?: string;
}

const PAGE_CSS = `
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
  @media (prefers-color-scheme: dark) { body { background: #121417; color: #eae8e3; } }
`;

let serial = 0;

export function useWidgetPages(): WidgetTests {
  let browser: Browser;
  let site: Site;
  const writeCorpus = (name: string, passages: readonly Passage[], models: Models = {}) => {
    for (const [path, text] of corpusFiles(name, passages, models)) {
      site.write(`mayfly/corpus/${path}`, text);
    }
  };
  before(async () => {
    [browser, site] = await Promise.all([launchChromium(), serveSite()]);
    for (const file of ['widget.js', 'corpus.js', 'shared-engine.js', 'shared-worker.js']) {
      site.write(`mayfly/${file}`, readFileSync(repositoryFile(`web/dist/${file}`)));
    }
    const staticModel = '../models/minilm-static.json';
    const passages = handbookPassages(site.demoFolder);
    writeCorpus('manifest', passages, { model: '../models/minilm.json', staticModel });
    writeCorpus('words', passages, { model: null, staticModel: null });
    writeCorpus('quick', passages, { model: null, staticModel });
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  return {
    writeCorpus,
    get site() {
      return site;
    },
    async open(t, body, { lang = 'en', dir = 'ltr', css = '', script, path, ...options } = {}) {
      const name = `widget-${++serial}`;
      site.write(`${name}.css`, PAGE_CSS + css);
      site.write(`${name}.js`, script ?? '');
      site.write(
        `${name}.html`,
        `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">${TRUSTED_TYPES}<title>A site</title>
<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/${name}.css">
<script src="/${name}.js"></script>
<script type="module" src="/mayfly/widget.js"></script></head>
<body>${body}</body></html>`,
      );
      const watched = await openPage(browser, `${site.url}${name}.html${path ?? ''}`, options);
      t.after(() => watched.close());
      return watched;
    },
  };
}

/** Waits until there are results for what is in the box. */
export async function search(page: Page, query: string): Promise<void> {
  await page.getByRole('combobox').fill(query);
  await page.getByRole('option').first().waitFor({ timeout: 30_000 });
}
