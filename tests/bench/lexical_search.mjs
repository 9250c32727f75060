// SPDX-License-Identifier: Apache-2.0
// Builds and searches one collection of texts with every lexical peer; a part of the search suite.
import { openAll } from './bench_page.mjs';
import { inRounds } from './interleave.mjs';
import { mean, ndcg } from './retrieval_quality.mjs';
import { ratioOf, summary } from './statistics.mjs';

const k = 10;
const timedQueries = 50; // per round

async function prepareAll(bench, peers, collection) {
  let sizes;
  for (const { id } of peers) {
    sizes = (await bench.call(id, 'prepare', { collection })).value;
  }
  return sizes;
}

function quality(results, judgements) {
  const judged = results.filter(({ query }) => judgements[query]);
  return mean(
    judged.map(({ query, ids }) => ndcg(ids, new Map(Object.entries(judgements[query])))),
  );
}

async function timeAll(bench, peers, queryCount, { rounds, warmUp }) {
  const ids = peers.map(({ id }) => id);
  const times = Object.fromEntries(ids.map((id) => [id, { build: [], query: [] }]));
  await inRounds(rounds, warmUp, ids, async (round, order) => {
    const begin = ((round + warmUp) * timedQueries) % Math.max(1, queryCount - timedQueries);
    for (const id of order) {
      const built = await bench.call(id, 'build');
      const searched = await bench.call(id, 'queries', { begin, end: begin + timedQueries, k });
      if (round < 0) continue;
      times[id].build.push(built.ms);
      times[id].query.push(searched.ms / timedQueries);
    }
  });
  return times;
}

// {peers, result, ratios} of one collection. plan: {rounds, warmUp, smoke}; a smoke run judges the queries of
// one round only.
export async function measureTexts(bench, peers, collection, plan) {
  await openAll(bench, peers);
  const sizes = await prepareAll(bench, peers, collection);
  const times = await timeAll(bench, peers, sizes.queries, plan);
  const { value: judgements } = await bench.call(peers[0].id, 'judgements', { collection });
  const judged = plan.smoke ? timedQueries : sizes.queries;
  const figures = [];
  for (const { id } of peers) {
    const { value } = await bench.call(id, 'queries', { begin: 0, end: judged, k });
    const { build, query } = times[id];
    const ms = summary(query);
    figures.push([
      id,
      {
        queries_per_second: 1000 / ms.median_ms,
        ...ms,
        build_ms: summary(build).median_ms,
        'ndcg@10': quality(value, judgements),
      },
    ]);
    await bench.close(id);
  }
  const title = `${collection}: ${sizes.documents.toLocaleString('en')} texts`;
  return {
    peers: peers.map(({ id, title: name }) => ({ id, title: name })),
    result: { id: `texts-${collection}`, title, ...sizes, peers: Object.fromEntries(figures) },
    ratios: peers.slice(1).map((other) => ({
      id: `texts-${collection}/${other.id}`,
      title: `${title}: ${other.title}`,
      ...ratioOf(times[other.id].query, times[peers[0].id].query),
    })),
  };
}
