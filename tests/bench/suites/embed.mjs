// SPDX-License-Identifier: Apache-2.0
// Time to embed one text, and 64 passages at once, in Chromium: same texts, same run, taken in turn.
// Fails where a peer's vectors are not the same vectors, or its threads do not run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openAll, withBenchPage } from '../bench_page.mjs';
import { inRounds } from '../interleave.mjs';
import { embedPackages, embedPeers } from '../peers.mjs';
import { here } from '../places.mjs';
import { describeMachine, versionsOf } from '../report.mjs';
import { minimum, ratioOf, summary } from '../statistics.mjs';

const warmUpRounds = 4; // the engines' second compilation tier has taken over by then
const minimumCosine = 0.98; // two int8 schemes of one model; another model or pooling is far below
const smokePassages = 4; // instead of the 64
// 64 passages are an average already and take seconds: every third round has them.
const bulkEvery = 3;

const readTexts = (name) => JSON.parse(readFileSync(path.join(here, name), 'utf8'));

// {id, title, bulk, samples}: each sample is a list of items that are embedded by one call.
function readClasses(smoke) {
  const single = readTexts('texts.json').classes.map(({ id, title, texts }) => ({
    id,
    title,
    bulk: false,
    samples: texts.map((item) => [item]),
  }));
  const { id, title, texts } = readTexts('passages.json');
  const passages = smoke ? texts.slice(0, smokePassages) : texts;
  return [...single, { id, title, bulk: true, samples: [passages] }];
}

async function checkThreads(bench, peers, cores) {
  for (const { id, title, threads } of peers) {
    if (threads === 1) continue;
    if (cores < threads) {
      process.stderr.write(`warning: ${title} has only ${cores} core to run on\n`);
    }
    const { value } = await bench.call(id, 'threads');
    const { startedWorkers, isolated } = await bench.state(id);
    if (value !== threads || startedWorkers < threads - 1) {
      throw new Error(
        `${title} runs ${value} threads with ${startedWorkers} workers of its own ` +
          `(cross-origin isolated: ${isolated}); ${threads} are wanted`,
      );
    }
  }
}

// {peer: {batch, trials: {batch: ms}}}: the size at which the peer is fastest on the bulk class, the better
// of two runs each. It is measured with that one.
async function chooseBatches(bench, peers, items) {
  const chosen = {};
  for (const { id, batches } of peers) {
    const trials = {};
    for (const batch of batches) {
      const runs = [];
      if (batches.length > 1) {
        for (let run = 0; run < 2; ++run) runs.push(await bench.embed(id, { items, batch }));
      }
      trials[batch] = runs.length > 0 ? minimum(runs) : 0;
    }
    const best = batches.reduce((a, b) => (trials[b] < trials[a] ? b : a));
    chosen[id] = batches.length > 1 ? { batch: best, trials } : { batch: best };
    process.stderr.write(`${id}: batches of ${best}\n`);
  }
  return chosen;
}

async function measureAll(bench, peers, classes, batches, { rounds, warmUp }) {
  const ids = peers.map((peer) => peer.id);
  const rows = classes.map((c) => ({ class: c, ms: {}, cosine: {} }));
  await inRounds(rounds, warmUp, ids, async (round, order) => {
    for (const row of rows) {
      const { bulk, samples } = row.class;
      if (bulk && (round < -1 || (round > 0 && round % bulkEvery !== 0))) continue;
      for (const items of samples) {
        for (const id of order) {
          const batch = bulk ? batches[id].batch : 1;
          const ms = await bench.embed(id, { items, batch });
          if (round >= 0) (row.ms[id] ??= []).push(ms);
        }
        for (const [id, cosine] of Object.entries(await bench.cosines(ids))) {
          row.cosine[id] = Math.min(row.cosine[id] ?? 1, cosine);
        }
      }
    }
  });
  return rows;
}

function resultOf(row, peers, batches) {
  const first = row.ms[peers[0].id];
  const figures = (id) => ({
    ...summary(row.ms[id]),
    times_first: ratioOf(row.ms[id], first).value,
    min_cosine_to_first: row.cosine[id],
    ...(row.class.bulk && batches[id]),
  });
  return {
    id: row.class.id,
    title: row.class.title,
    texts: row.class.samples.flat().length,
    peers: Object.fromEntries(peers.map(({ id }) => [id, figures(id)])),
  };
}

const ratiosOf = (rows, peers) =>
  rows.flatMap((row) =>
    peers.slice(1).map(({ id, title }) => ({
      id: `${row.class.id}/${id}`,
      title: `${row.class.title}: ${title}`,
      ...ratioOf(row.ms[id], row.ms[peers[0].id]),
    })),
  );

function checkCosines(results, peers) {
  for (const row of results) {
    for (const { id, title } of peers) {
      const cosine = row.peers[id].min_cosine_to_first;
      if (!(cosine > minimumCosine)) {
        throw new Error(
          `${row.title}: ${title} gives another vector than ${peers[0].title} (cosine ${cosine}); ` +
            'the times do not compare',
        );
      }
    }
  }
}

export function print({ results, peers }) {
  const line = (cells) => console.log('| ' + cells.join(' | ') + ' |');
  line(['median (minimum), ms', ...peers.map((p) => p.title), `times ${peers[0].title}`]);
  line(['---', ...peers.map(() => '---:'), '---:']);
  for (const row of results) {
    const figures = peers.map(({ id }) => row.peers[id]);
    const times = figures.slice(1).map((f) => f.times_first.toFixed(2));
    line([
      row.title,
      ...figures.map((f) => `${f.median_ms.toFixed(2)} (${f.min_ms.toFixed(2)})`),
      times.join(', '),
    ]);
  }
}

export async function run({ rounds, smoke, only }) {
  const peers = only(embedPeers);
  const classes = readClasses(smoke);
  return withBenchPage(async ({ browser, bench }) => {
    await openAll(bench, peers);
    const machine = describeMachine(browser);
    await checkThreads(bench, peers, machine.cores_allowed);
    const batches = await chooseBatches(bench, peers, classes.find((c) => c.bulk).samples[0]);
    const warmUp = smoke ? 0 : warmUpRounds;
    const rows = await measureAll(bench, peers, classes, batches, { rounds, warmUp });
    const results = rows.map((row) => resultOf(row, peers, batches));
    checkCosines(results, peers);
    return {
      unit: 'milliseconds for one text, or for all of a class of many',
      machine,
      versions: versionsOf(embedPackages),
      peers: peers.map(({ id, title, counts, threads }) => ({ id, title, counts, threads })),
      results,
      ratios: ratiosOf(rows, peers),
    };
  });
}
