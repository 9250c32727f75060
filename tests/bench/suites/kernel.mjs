// SPDX-License-Identifier: Apache-2.0
// How much of its bare kernel's speed the whole encoder reaches: multiply-accumulates per second of the
// integer product in a tight loop, beside those of one text of 128 tokens from string to vector. Both in one
// worker of one run, in turn.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openAll, withBenchPage } from '../bench_page.mjs';
import { inRounds } from '../interleave.mjs';
import { embedPeers } from '../peers.mjs';
import { here } from '../places.mjs';
import { describeMachine } from '../report.mjs';
import { relativeError, summary, median } from '../statistics.mjs';

const tokens = 128;
const layers = 6;
const hidden = 384;
const budgetMs = 20;
const warmUpRounds = 4;

// Of one layer, as the encoder multiplies: [tokens, k] by [n, k].
const shapes = [
  { id: 'query-key-value', n: 3 * hidden, k: hidden },
  { id: 'attention-output', n: hidden, k: hidden },
  { id: 'feed-forward-in', n: 4 * hidden, k: hidden },
  { id: 'feed-forward-out', n: hidden, k: 4 * hidden },
];
const macsOf = ({ n, k }) => tokens * n * k;
const weightMacs = layers * shapes.reduce((sum, shape) => sum + macsOf(shape), 0);
// Scores and probabilities times values: [tokens, hidden] by [tokens, hidden], twice a layer.
const attentionMacs = layers * 2 * tokens * tokens * hidden;

// The rate of all shapes together: each takes its own share of the time (the harmonic mean by work).
const together = (rates) =>
  shapes.reduce((sum, shape) => sum + macsOf(shape), 0) /
  shapes.reduce((sum, shape) => sum + macsOf(shape) / rates[shape.id], 0);

// The module that visitors download cannot time its kernels.
const withBenchCore = (peer) => ({
  ...peer,
  options: { ...peer.options, core: '/core/mayfly-bench-core.js' },
});

function texts() {
  const { classes } = JSON.parse(readFileSync(path.join(here, 'texts.json'), 'utf8'));
  return classes.find(({ id }) => id === `passage-${tokens}-tokens`).texts;
}

// {kernel: [], shape id: [], encoder: []} in multiply-accumulates per second, one of each per round.
async function measure(bench, id, items, { rounds, warmUp }) {
  const rates = { kernel: [], encoder: [] };
  await inRounds(rounds, warmUp, ['kernel', 'encoder'], async (round, order) => {
    for (const what of order) {
      if (what === 'encoder') {
        const ms = [];
        for (const item of items) ms.push(await bench.embed(id, { items: [item], batch: 1 }));
        if (round >= 0) rates.encoder.push((weightMacs / median(ms)) * 1000);
        continue;
      }
      const found = {};
      for (const { id: shape, n, k } of shapes) {
        const argument = { m: tokens, n, k, budgetMs };
        found[shape] = (await bench.call(id, 'kernelRate', argument)).value;
        if (round >= 0) (rates[shape] ??= []).push(found[shape]);
      }
      if (round >= 0) rates.kernel.push(together(found));
    }
  });
  return rates;
}

function resultOf(peer, rates, variant) {
  const giga = (list) =>
    summary(
      list.map((rate) => rate / 1e9),
      'gmacs',
    );
  const share = median(rates.encoder) / median(rates.kernel);
  return {
    id: peer.id,
    title: peer.title,
    kernels: variant,
    shapes: Object.fromEntries(shapes.map(({ id }) => [id, giga(rates[id])])),
    kernel: giga(rates.kernel),
    encoder: giga(rates.encoder),
    share_of_kernel: share,
    share_of_kernel_with_attention: share * (1 + attentionMacs / weightMacs),
  };
}

const ratioOf = ({ id, title }, rates) => ({
  id: `${id}/encoder-to-kernel`,
  title: `${title}: encoder to its kernel`,
  value: median(rates.encoder) / median(rates.kernel),
  error: Math.hypot(relativeError(rates.encoder), relativeError(rates.kernel)),
});

export function print({ results }) {
  for (const one of results) {
    console.log(
      `${one.title} (${one.kernels}), ${tokens} tokens, G multiply-accumulates per second:`,
    );
    for (const { id, n, k } of shapes) {
      console.log(`  ${id} ${n}x${k}: ${one.shapes[id].median_gmacs.toFixed(1)}`);
    }
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    console.log(`  kernel, all shapes as in the model: ${one.kernel.median_gmacs.toFixed(1)}`);
    console.log(
      `  whole encoder: ${one.encoder.median_gmacs.toFixed(1)}, ${percent(one.share_of_kernel)} of it ` +
        `(${percent(one.share_of_kernel_with_attention)} with attention's own products counted)`,
    );
  }
}

export async function run({ rounds, smoke, only }) {
  const peers = only(embedPeers.filter(({ id }) => id.startsWith('mayfly'))).map(withBenchCore);
  const items = texts();
  return withBenchPage(async ({ browser, bench }) => {
    await openAll(bench, peers);
    const results = [];
    const ratios = [];
    for (const peer of peers) {
      const warmUp = smoke ? 0 : warmUpRounds;
      const rates = await measure(bench, peer.id, items, { rounds, warmUp });
      const { value: variant } = await bench.call(peer.id, 'activeKernels');
      results.push(resultOf(peer, rates, variant));
      ratios.push(ratioOf(peer, rates));
    }
    return {
      unit: 'billions of multiply-accumulates per second, one thread',
      machine: describeMachine(browser),
      versions: {},
      peers: peers.map(({ id, title }) => ({ id, title })),
      results,
      ratios,
    };
  });
}
