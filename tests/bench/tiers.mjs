// SPDX-License-Identifier: Apache-2.0
// node tests/bench/tiers.mjs [--rounds N] [--json FILE]: how long a visitor waits for each tier's answer, in Chromium
// with one worker, over the demo's 3,000 passages of which the transformer has read none: the first answer (words), the static
// tier's, and the transformer's after it has read the best 20 candidates. Needs ./dev build and npm ci in tests/bench.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { handbookPassages, handbookQuestions } from './handbook.mjs';
import { here, mounts } from './places.mjs';
import { serve } from './server.mjs';
import { quantile } from './statistics.mjs';

// Runs in the page. Reading is paused once the static tier has read all, so that each query finds nothing read
// by the transformer but what it has had read itself; passages read for one query are of few others' candidates.
async function visit([documents, queries]) {
  const { Mayfly } = await import('/mayfly/index.js');
  const engine = await Mayfly.create({
    model: '/models/minilm.json',
    staticModel: '/models/minilm-static.json',
    workers: 1,
  });
  let known = () => {};
  const staticKnown = new Promise((resolve) => (known = resolve));
  const collection = engine.collection({
    onReading: ({ tier, read, size }) => {
      if (tier !== 'static' || read < size) return;
      collection.pause();
      known();
    },
  });
  const begin = performance.now();
  await collection.add(documents, { until: 'searchable' });
  const figures = { searchable_ms: [performance.now() - begin] };
  await staticKnown;
  figures.static_ms = [performance.now() - begin];
  for (const query of queries) {
    const asked = performance.now();
    for await (const { tier } of collection.search(query, { rerank: 20 })) {
      (figures[`${tier}_answer_ms`] ??= []).push(performance.now() - asked);
      if (tier === 'contextual') break;
    }
  }
  engine.dispose();
  return figures;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, json: { type: 'string' } },
});
const documents = await handbookPassages();
const queries = handbookQuestions;
const server = await serve({ ...mounts, '/': path.join(here, 'page') });
const all = {};
for (let round = 0; round < Number(values.rounds); round++) {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`${server.origin}/index.html`);
  const figures = await page.evaluate(visit, [documents, queries]);
  for (const [name, times] of Object.entries(figures)) (all[name] ??= []).push(...times);
  await browser.close();
}
server.close();
const result = {
  passages: documents.length,
  queries: queries.length,
  rounds: Number(values.rounds),
  figures: Object.fromEntries(
    Object.entries(all).map(([name, times]) => [
      name,
      Object.fromEntries(
        [0.5, 0.9, 1].map((share) => [`${share}`, Number(quantile(times, share).toFixed(1))]),
      ),
    ]),
  ),
};
const text = JSON.stringify(result, null, 2);
console.log(text);
if (values.json) writeFileSync(values.json, `${text}\n`);
