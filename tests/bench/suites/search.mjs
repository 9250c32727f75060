// SPDX-License-Identifier: Apache-2.0
// Vector search over seeded clustered vectors (--vectors, default 10,000) and lexical search over the
// collections of tests/eval, in Chromium, one thread, peers in turn.
import { withBenchPage } from '../bench_page.mjs';
import { measureTexts } from '../lexical_search.mjs';
import { describeMachine, versionsOf } from '../report.mjs';
import { exactPeer, lexicalPeers, searchPackages, vectorPeers } from '../search_peers.mjs';
import { measureVectors } from '../vector_search.mjs';

const collections = ['scifact-train', 'boolq-dev', 'reactdocs'];
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

// What --peers leaves: without vector or without text peers, that half is not measured. The exact scan, by which
// recall is judged, is in it always.
function chosenPeers(only) {
  const all = [...vectorPeers, ...lexicalPeers];
  const chosen = only(all);
  const vectors = vectorPeers.filter((peer) => chosen.includes(peer));
  if (vectors.length > 0 && !vectors.some(({ id }) => id === exactPeer)) {
    vectors.push(vectorPeers.find(({ id }) => id === exactPeer));
  }
  return { vectors, texts: lexicalPeers.filter((peer) => chosen.includes(peer)) };
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

export async function run({ rounds, smoke, only, vectors }) {
  const plan = { rounds, smoke, warmUp: smoke ? 0 : warmUpRounds };
  const peers = chosenPeers(only);
  const counts = peers.vectors.length > 0 ? countsOf(vectors, smoke) : [];
  const texts = peers.texts.length > 0 ? collections : [];
  return withBenchPage(async ({ browser, bench }) => {
    const parts = [];
    for (const count of counts) parts.push(await measureVectors(bench, peers.vectors, count, plan));
    for (const name of smoke ? texts.slice(-1) : texts) {
      parts.push(await measureTexts(bench, peers.texts, name, plan));
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
