// SPDX-License-Identifier: Apache-2.0
// The blocks of docs/guide.md that are marked `run`, in their order, on one page under the strict policy:
// each prints what its comments say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { transform } from 'esbuild';
import type { Browser } from 'playwright-core';
import { codeBlocks } from '../documents/code-blocks.js';
import { repositoryFile } from '../node/repository.js';
import { launchChromium } from './chromium.js';
import { openPage, serveSite, type Site, type WatchedPage } from './strict-site.js';

let browser: Browser;
let site: Site;
let watched: WatchedPage;
const blocks = codeBlocks(readFileSync(repositoryFile('docs/guide.md'), 'utf8'));
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Guide</title>
<link rel="icon" href="/favicon.svg"><ul id="results"></ul></html>`;

before(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveSite()]);
  for (const [number, { module }] of blocks.entries()) {
    const { code } = await transform(module, { loader: 'ts', target: 'es2022' });
    const served = code.replace(/from "mayfly"/g, 'from "/mayfly/index.js"');
    site.write(`guide/block-${number}.js`, served);
  }
  site.write('guide/index.html', PAGE);
  watched = await openPage(browser, `${site.url}guide/`);
});

after(async () => {
  await browser.close();
  await site.close();
});

/** Imports a block and returns what it printed meanwhile. */
function run(address: string): Promise<string[]> {
  return watched.page.evaluate(async (url) => {
    const printed: string[] = [];
    const print = console.log;
    console.log = (...values: unknown[]) => {
      const words = values.map((value) =>
        typeof value === 'string' ? value : JSON.stringify(value),
      );
      printed.push(words.join(' '));
    };
    try {
      await import(url);
    } finally {
      console.log = print;
    }
    return printed;
  }, address);
}

for (const [number, { line, runs, prints }] of blocks.entries()) {
  if (!runs) continue;
  test(`the block at line ${line} of the guide does what it says`, async () => {
    assert.deepEqual(await run(`/guide/block-${number}.js`), prints);
  });
}

test('nothing of the guide broke the policy', () => {
  // The one that asks for a model that is not there.
  const problems = watched.problems.filter((problem) => !problem.includes('404'));
  assert.deepEqual(problems, []);
});
