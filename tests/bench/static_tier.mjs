// SPDX-License-Identifier: Apache-2.0
// node tests/bench/static_tier.mjs [--rounds N] [--json FILE]: how fast the static tier makes a site searchable by
// meaning, in Chromium with one worker, cold each time: a fresh page, Mayfly.create() with the static model, 3,000
// passages added, the first answer. Needs ./dev build and npm ci in tests/bench.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { serve } from './server.mjs';
import { sitePassages } from './site_passages.mjs';
import { median } from './statistics.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
// Runs in the page. Milliseconds from before Mayfly.create(); tokens as the tokenizer counts them.
async function visit(documents) {
  const { Mayfly } = await import('/mayfly/index.js');
  const begin = performance.now();
  const engine = await Mayfly.create({ model: '/models/minilm-static.json' });
  const loaded = performance.now();
  const collection = engine.collection();
  await collection.add(documents);
  const added = performance.now();
  await collection.search('why is the sky blue', { k: 10 });
  const answered = performance.now();
  let tokens = 0;
  for (const { text } of documents) tokens += (await engine.embed(text)).tokens;
  engine.dispose();
  return {
    load_ms: loaded - begin,
    add_ms: added - loaded,
    answer_ms: answered - begin,
    tokens,
    tokens_per_second: (tokens / (added - loaded)) * 1000,
  };
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'string' } },
});
const documents = sitePassages();
const server = await serve({
  '/mayfly/': path.join(root, 'web/dist'),
  '/models/': path.join(root, 'build/models'),
  '/': path.join(here, 'page'),
});
const visits = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`${server.origin}/index.html`);
  visits.push(await page.evaluate(visit, documents));
  await browser.close();
}
server.close();
const result = {
  passages: documents.length,
  rounds: visits.length,
  median: {},
  minimum: {},
  maximum: {},
};
for (const name of Object.keys(visits[0])) {
  const all = visits.map((figures) => figures[name]);
  result.median[name] = Math.round(median(all));
  result.minimum[name] = Math.round(Math.min(...all));
  result.maximum[name] = Math.round(Math.max(...all));
}
const text = JSON.stringify(result, null, 2);
console.log(text);
if (values.json) writeFileSync(values.json, `${text}\n`);
