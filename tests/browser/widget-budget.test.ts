// SPDX-License-Identifier: Apache-2.0
// What the box costs a page of the handbook that nobody searches, and one that somebody does: bytes by phase, as
// the files are on the host, layout shifts and errors. Budgets are data; times are nobody's business here.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { openPage, serveSite, type Site } from './strict-site.js';

const KB = 1000;
const MB = 1000 * KB;

interface Budget {
  readonly phase: string;
  /** Of `<mayfly-search>`: what else would come is left out. */
  readonly attributes: string;
  /** The first answer that ends the phase; none for a page that nobody searches. */
  readonly tier?: 'lexical' | 'static' | 'contextual';
  readonly bytes: number;
}

const BUDGETS: readonly Budget[] = [
  { phase: 'before the first focus', attributes: '', bytes: 65 * KB },
  {
    phase: 'until all can be found by words',
    attributes: 'model="none" static-model="none"',
    tier: 'lexical',
    bytes: 1 * MB,
  },
  {
    phase: 'until the static model answers',
    attributes: 'model="none"',
    tier: 'static',
    bytes: 5 * MB,
  },
  { phase: 'until the transformer answers', attributes: '', tier: 'contextual', bytes: 28 * MB },
];

/** As docs/widget.md advises, so that the box has its place before its script has run. */
const RESERVED = 'mayfly-search { display: block; min-block-size: 2.8rem; }';

let browser: Browser;
let site: Site;
before(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
  site.write('budget.css', RESERVED);
});
after(async () => {
  await browser.close();
  await site.close();
});

async function open(t: TestContext, attributes: string) {
  const name = `budget-${attributes.replace(/\W+/g, '-')}.html`;
  site.write(
    name,
    `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A page</title>
<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/budget.css">
<script type="module" src="/mayfly/widget.js"></script></head><body>
<header><strong>A site</strong></header>
<main><h1>A page</h1><mayfly-search ${attributes}></mayfly-search>
${'<p>Text below the box, which has to stay where it is.</p>'.repeat(5)}</main></body></html>`,
  );
  const watched = await openPage(browser, site.url + name);
  t.after(() => watched.close());
  await watched.page.locator('mayfly-search').getByRole('combobox').waitFor();
  await watched.page.waitForLoadState('networkidle');
  return watched;
}

/** Of the files asked for so far, each once: another worker takes them from the cache. */
async function bytesOf(requests: readonly string[]): Promise<Map<string, number>> {
  const files = [...new Set(requests)].filter((url) => url.startsWith('http'));
  const sizes = await Promise.all(
    files.map(async (url) => {
      const { headers } = await fetch(url, { method: 'HEAD' });
      return [new URL(url).pathname, Number(headers.get('content-length'))] as const;
    }),
  );
  return new Map(sizes);
}

/** What of the page has moved so far, after a key stroke too. Nodes of shadow trees have no name here. */
const shifts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        type Shift = PerformanceEntry & { value: number; sources: { node?: Node }[] };
        const observer = new PerformanceObserver((list) => done(list.getEntries() as Shift[]));
        const done = (entries: Shift[]) => {
          observer.disconnect();
          const moved = entries.flatMap(({ sources }) => sources.map(({ node }) => node?.nodeName));
          resolve(moved.filter((name) => name !== undefined));
        };
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(observer.takeRecords() as Shift[]), 200);
      }),
  );

/** Until this tier has answered and all text is there. */
async function searchUntil(page: Page, tier: string): Promise<void> {
  const done = page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        let [complete, answered] = [false, false];
        const check = () => complete && answered && resolve();
        addEventListener('mayfly-progress', ({ detail }) => {
          if (detail.stage === 'corpus') complete ||= detail.loaded === detail.total;
          check();
        });
        addEventListener('mayfly-results', ({ detail }) => {
          answered ||= detail.tier === wanted && detail.results.length > 0;
          check();
        });
      }),
    tier,
  );
  await page.locator('mayfly-search').getByRole('combobox').fill('time off for a new baby');
  await done;
}

for (const { phase, attributes, tier, bytes: budget } of BUDGETS) {
  test(`${phase}: at most ${budget / KB} KB, no layout shift, no error`, async (t) => {
    const { page, requests, problems } = await open(t, attributes);
    if (tier) await searchUntil(page, tier);
    const files = await bytesOf(requests);
    const total = [...files.values()].reduce((sum, size) => sum + size, 0);
    t.diagnostic(`${files.size} files, ${total} bytes`);
    assert.ok(total <= budget, `${total} bytes: ${JSON.stringify([...files])}`);
    if (!tier) {
      const ours = [...files.keys()].filter((path) => path.startsWith('/mayfly/'));
      assert.deepEqual(ours, ['/mayfly/widget.js']);
    }
    assert.deepEqual(await shifts(page), []);
    assert.deepEqual(problems, []);
  });
}
