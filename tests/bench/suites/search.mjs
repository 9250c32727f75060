// SPDX-License-Identifier: Apache-2.0
// Vector search over seeded clustered vectors (--vectors, default 10,000) and lexical search over the
// collections of tests/eval, in Chromium, one thread, peers in turn. Mayfly takes part with its vector
// indexes only so far.
import { withBenchPage } from '../bench_page.mjs';
import { measureTexts } from '../lexical_search.mjs';
import { describeMachine, versionsOf } from '../report.mjs';
import { lexicalPeers, searchPackages, vectorPeers } from '../search_peers.mjs';
import { measureVectors } from '../vector_search.mjs';

const collections = ['scifact-train', 'boolq-dev'];
const warmUpRounds = 2;
const smokeCount = 200;

function countsOf(vectors, smoke) {
  const counts = (vectors ?? String(smoke ? smokeCount : 10_000)).split(',').map(Number);
  const wrong = counts.filter((count) => !(Number.isInteger(count) && count >= 100));
  if (wrong.length > 0) throw new Error('--vectors takes whole numbers of at least 100');
  return counts;
}

function uniqueById(list) {
  return [...new Map(list.map((one) => [one.id, one])).values()];
}

export function print({ results }) {
  for (const row of results) {
    console.log(`\n${row.title}`);
    console.log('| | queries/s | recall@10 or nDCG@10 | build, ms | bytes per vector |');
    console.log('|---|---:|---:|---:|---:|');
    for (const [id, f] of Object.entries(row.peers)) {
      const quality = (f['recall@10'] ?? f['ndcg@10']).toFixed(3);
      const bytes = f.bytes_per_vector?.toFixed(0) ?? '';
      const qps = f.queries_per_second.toFixed(0);
      console.log(`| ${id} | ${qps} | ${quality} | ${f.build_ms.toFixed(0)} | ${bytes} |`);
    }
  }
}

export async function run({ rounds, smoke, vectors }) {
  const plan = { rounds, smoke, warmUp: smoke ? 0 : warmUpRounds };
  const counts = countsOf(vectors, smoke);
  return withBenchPage(async ({ browser, bench }) => {
    const parts = [];
    for (const count of counts) parts.push(await measureVectors(bench, vectorPeers, count, plan));
    for (const name of smoke ? collections.slice(1) : collections) {
      parts.push(await measureTexts(bench, lexicalPeers, name, plan));
    }
    return {
      unit: 'queries per second, one thread, 10 results',
      machine: describeMachine(browser),
      versions: versionsOf(searchPackages),
      peers: uniqueById(parts.flatMap((part) => part.peers)),
      results: parts.map((part) => part.result),
      ratios: parts.flatMap((part) => part.ratios),
    };
  });
}
