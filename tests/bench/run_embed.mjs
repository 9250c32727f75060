// SPDX-License-Identifier: Apache-2.0
// node run_embed.mjs [--rounds N] [--peers id,id] [--json FILE]
// Time to embed one text in Chromium, Mayfly beside its peers: one thread each, same texts, same run,
// taken in turn. Prints a table; writes JSON. Fails where a peer's vectors are not the same vectors.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { peers as allPeers } from './peers.mjs';
import { serve } from './server.mjs';
import { median, minimum } from './statistics.mjs';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const root = path.resolve(here, '../..');
const warmUpRounds = 4; // the engines' second compilation tier has taken over by then
const minimumRounds = 15;
const minimumCosine = 0.98; // two int8 schemes of one model; another model or pooling is far below

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    peers: { type: 'string' },
    json: { type: 'string' },
  },
});

function choosePeers() {
  if (!options.peers) return allPeers;
  return options.peers.split(',').map((id) => {
    const peer = allPeers.find((candidate) => candidate.id === id);
    if (!peer) throw new Error(`there is no peer "${id}"; known: ${allPeers.map((p) => p.id)}`);
    return peer;
  });
}

// Round r starts with another peer than round r - 1: none is always first after a pause.
const rotated = (list, by) => list.map((_, i) => list[(i + by) % list.length]);

async function measureAll(page, peers, classes, rounds) {
  const ids = peers.map((peer) => peer.id);
  const rows = classes.map((c) => ({ class: c, ms: {}, cosine: {} }));
  for (let round = -warmUpRounds; round < rounds; ++round) {
    for (const row of rows) {
      for (const item of row.class.texts) {
        const order = rotated(ids, round + warmUpRounds);
        const sample = await page.evaluate(
          ([i, o, first]) => window.bench.measure(i, o, first),
          [item, order, ids[0]],
        );
        for (const id of ids) {
          if (round >= 0) (row.ms[id] ??= []).push(sample.ms[id]);
          row.cosine[id] = Math.min(row.cosine[id] ?? 1, sample.cosine[id]);
        }
      }
    }
    process.stderr.write(round < 0 ? 'warming up\n' : `round ${round + 1} of ${rounds}\n`);
  }
  return rows;
}

function summarise(rows, peers) {
  return rows.map((row) => ({
    id: row.class.id,
    title: row.class.title,
    texts: row.class.texts.length,
    peers: Object.fromEntries(
      peers.map(({ id }) => [
        id,
        {
          median_ms: median(row.ms[id]),
          min_ms: minimum(row.ms[id]),
          samples: row.ms[id].length,
          times_first: median(row.ms[id]) / median(row.ms[peers[0].id]),
          min_cosine_to_first: row.cosine[id],
        },
      ]),
    ),
  }));
}

function printTable(summary, peers) {
  const line = (cells) => console.log('| ' + cells.join(' | ') + ' |');
  line(['median (minimum), ms', ...peers.map((p) => p.title), `times ${peers[0].title}`]);
  line(['---', ...peers.map(() => '---:'), '---:']);
  for (const row of summary) {
    const figures = peers.map(({ id }) => row.peers[id]);
    line([
      row.title,
      ...figures.map((f) => `${f.median_ms.toFixed(2)} (${f.min_ms.toFixed(2)})`),
      figures
        .slice(1)
        .map((f) => f.times_first.toFixed(2))
        .join(', '),
    ]);
  }
}

function versionOf(name) {
  const manifest = createRequire(import.meta.url)
    .resolve(name)
    .split('node_modules')[0];
  const file = path.join(manifest, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

function describeMachine(browser) {
  return {
    cpu: os.cpus()[0].model,
    cores: os.cpus().length,
    chromium: browser.version(),
    'onnxruntime-web': versionOf('onnxruntime-web'),
  };
}

function checkCosines(summary, peers) {
  for (const row of summary) {
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

async function main() {
  const rounds = Number(options.rounds);
  if (!(rounds >= minimumRounds)) throw new Error(`--rounds must be at least ${minimumRounds}`);
  const peers = choosePeers();
  const { classes } = JSON.parse(readFileSync(path.join(here, 'texts.json'), 'utf8'));
  const server = await serve({
    '/bench/': here,
    '/mayfly/': path.join(root, 'web/dist'),
    '/models/': path.join(root, 'build/models'),
    '/onnx/': path.join(root, 'build/bench/onnx'),
    '/onnxruntime-web/': path.join(here, 'node_modules/onnxruntime-web/dist'),
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(server.origin + '/bench/page/index.html');
    await page.waitForFunction(() => window.bench);
    for (const peer of peers) {
      const ms = await page.evaluate((p) => window.bench.open(p), peer);
      process.stderr.write(`${peer.title}: ready after ${ms.toFixed(0)} ms\n`);
    }
    const rows = await measureAll(page, peers, classes, rounds);
    const summary = summarise(rows, peers);
    printTable(summary, peers);
    const report = {
      suite: 'embed',
      command: './dev bench embed',
      unit: 'milliseconds to embed one text, one thread',
      rounds,
      machine: describeMachine(browser),
      peers: peers.map(({ id, title, counts }) => ({ id, title, counts })),
      results: summary,
    };
    const json = JSON.stringify(report, null, 2) + '\n';
    console.log('\n' + json);
    if (options.json) {
      mkdirSync(path.dirname(path.resolve(options.json)), { recursive: true });
      writeFileSync(options.json, json);
    }
    checkCosines(summary, peers);
  } finally {
    await browser.close();
    server.close();
  }
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
