// SPDX-License-Identifier: Apache-2.0
// Which pages questions find, asked in the page as a visitor would. As a program it shows each question with the
// place of its page, to look into what goes wrong: never with test.tsv.
//   node tests/bench/site/site_answers.mjs demo/questions/tuning.tsv [handbook|thousand]
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../chromium.mjs';
import { placeOf, readQuestions, shares } from './question_answers.mjs';
import { sitePeers } from './site_peers.mjs';
import { buildTree, siteTrees } from './site_trees.mjs';
import { withPage } from './site_visit.mjs';
import { lines, serveSlowly } from './slow_server.mjs';

// For each question the addresses of the pages that the peer lists, once it has read all of the site.
export function askAll(browser, server, peer, questions) {
  return withPage(browser, server, peer, async (page) => {
    await page.evaluate(() => window.siteSearch.prepare());
    const found = [];
    for (const { question } of questions) {
      found.push(await page.evaluate((text) => window.siteSearch.ask(text), question));
    }
    return found;
  });
}

async function main([file, id = siteTrees[0].id]) {
  if (!file) throw new Error('which questions? node site_answers.mjs demo/questions/tuning.tsv');
  const questions = readQuestions(file);
  const server = await serveSlowly(
    await buildTree(siteTrees.find((one) => one.id === id)),
    lines.local,
  );
  const browser = await launchChromium();
  try {
    for (const peer of sitePeers) {
      const found = await askAll(browser, server, peer, questions);
      console.log(`\n== ${peer.title}: ${JSON.stringify(shares(found, questions))}`);
      questions.forEach((question, number) => {
        const place = placeOf(found[number], question);
        if (place === 0) return;
        console.log(`${place + 1 || '-'}  ${question.question}\n     wanted ${question.pages[0]}`);
        for (const address of found[number].slice(0, 3)) console.log(`     found  ${address}`);
      });
    }
  } finally {
    await browser.close();
    server.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
