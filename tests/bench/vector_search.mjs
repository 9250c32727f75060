// SPDX-License-Identifier: Apache-2.0
// Builds and searches one collection of vectors with every peer; a part of the search suite.
import { openAll } from './bench_page.mjs';
import { inRounds } from './interleave.mjs';
import { mean, recall } from './retrieval_quality.mjs';
import { exactPeer } from './search_peers.mjs';
import { ratioOf, summary } from './statistics.mjs';

const dim = 384;
const k = 10;
const seed = 4;
const recallQueries = 200;
const timedQueries = 50; // per round; with the others of the 200 in turn
const targets = [0.95, 0.99];
// Below it a peer is used wrongly (another metric, rows mixed up), and its time means nothing.
const minimumRecall = 0.5;

const meanRecall = (found, truth) => mean(found.map((rows, i) => recall(rows, truth[i])));

// {peer: {build_ms, bytes_per_vector?}}.
async function buildAll(bench, peers, count) {
  const built = {};
  for (const { id, title } of peers) {
    await bench.call(id, 'prepare', { count, queryCount: recallQueries, dim, seed });
    const before = (await bench.state(id)).wasmBytes;
    const { ms } = await bench.call(id, 'build');
    const own = (await bench.call(id, 'bytes')).value;
    const bytes = own ?? (await bench.state(id)).wasmBytes - before;
    // 0: it all fitted into what the library had reserved, so nothing is known.
    built[id] = { build_ms: ms, ...(bytes > 0 && { bytes_per_vector: bytes / count }) };
    process.stderr.write(`${title}: ${count} vectors built in ${ms.toFixed(0)} ms\n`);
  }
  return built;
}

const search = async (bench, id, begin, end) => bench.call(id, 'queries', { begin, end, k });

// What is timed: each peer once, or once per recall to reach, {id, peer, title, ef?, recall}.
async function chooseSettings(bench, peers, truth) {
  const settings = [];
  for (const { id, title, efs } of peers) {
    const measured = async () =>
      meanRecall((await search(bench, id, 0, recallQueries)).value, truth);
    if (!efs) {
      settings.push({ id, peer: id, title, recall: await measured() });
      continue;
    }
    let place = 0;
    for (const target of targets) {
      let found = 0;
      for (; place < efs.length; ++place) {
        await bench.call(id, 'setEf', efs[place]);
        found = await measured();
        if (found >= target) break;
      }
      const ef = efs[Math.min(place, efs.length - 1)];
      const name = `${title}, recall of ${target}`;
      settings.push({ id: `${id}@${target}`, peer: id, title: name, ef, recall: found });
    }
  }
  return settings;
}

function checkRecall(settings) {
  const wrong = settings.find((setting) => !(setting.recall >= minimumRecall));
  if (wrong)
    throw new Error(`${wrong.title} finds ${wrong.recall} of the nearest; is it set up right?`);
}

async function timeQueries(bench, settings, { rounds, warmUp }) {
  const perQuery = Object.fromEntries(settings.map(({ id }) => [id, []]));
  await inRounds(rounds, warmUp, settings, async (round, order) => {
    const begin = ((round + warmUp) * timedQueries) % recallQueries;
    for (const { id, peer, ef } of order) {
      if (ef !== undefined) await bench.call(peer, 'setEf', ef);
      const { ms } = await search(bench, peer, begin, begin + timedQueries);
      if (round >= 0) perQuery[id].push(ms / timedQueries);
    }
  });
  return perQuery;
}

// {peers: [{id, title}], result, ratios} of one size.
export async function measureVectors(bench, all, count, plan) {
  const peers = all.filter(({ most = Infinity }) => count <= most);
  await openAll(bench, peers);
  const built = await buildAll(bench, peers, count);
  const truth = (await search(bench, exactPeer, 0, recallQueries)).value;
  const settings = await chooseSettings(bench, peers, truth);
  checkRecall(settings);
  const times = await timeQueries(bench, settings, plan);
  for (const { id } of peers) await bench.close(id);

  const title = `${count.toLocaleString('en')} vectors of ${dim}`;
  const figures = settings.map(({ id, peer, ef, recall: found }) => {
    const ms = summary(times[id]);
    const qps = { queries_per_second: 1000 / ms.median_ms };
    return [id, { ...qps, ...ms, 'recall@10': found, ...(ef && { ef }), ...built[peer] }];
  });
  const first = settings[0];
  return {
    peers: settings.map(({ id, title: name }) => ({ id, title: name })),
    result: { id: `vectors-${count}`, title, count, dim, peers: Object.fromEntries(figures) },
    ratios: settings.slice(1).map((other) => ({
      id: `vectors-${count}/${other.id}`,
      title: `${title}: ${other.title}`,
      ...ratioOf(times[other.id], times[first.id]),
    })),
  };
}
