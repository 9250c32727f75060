// SPDX-License-Identifier: Apache-2.0
// The quality of each tier and profile beside the fp32 model, from what `./dev eval` wrote to
// tests/eval/results: nothing is measured here. The ratios are those to fp32.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../places.mjs';
import { describeMachine } from '../report.mjs';

const folder = path.join(root, 'tests/eval/results');
const measures = ['ndcg@10', 'recall@100', 'spearman'];
const reference = 'fp32';
const titles = { mayfly: 'Mayfly', 'mayfly-small': 'Mayfly, profile small' };

// static.json and tiers.json have a table per tier instead; docs/benchmarks.md shows them itself.
const hasMeasure = (figures) => measures.some((measure) => typeof figures[measure] === 'number');

// [{id, collections}], the reference first, then by name.
function readResults() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const order = (name) => (name === `${reference}.json` ? '' : name);
  return files
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((name) => ({
      id: name.slice(0, -5),
      ...JSON.parse(readFileSync(path.join(folder, name))),
    }))
    .filter(({ collections }) => Object.values(collections ?? {}).some(hasMeasure));
}

function rowsOf(all) {
  const names = [...new Set(all.flatMap(({ collections }) => Object.keys(collections)))];
  const rows = names.flatMap((collection) =>
    measures.map((measure) => ({
      id: `${collection}/${measure}`,
      title: `${collection}, ${measure}`,
      peers: Object.fromEntries(
        all
          .map(({ id, collections }) => [id, { value: collections[collection]?.[measure] }])
          .filter(([, { value }]) => typeof value === 'number'),
      ),
    })),
  );
  return rows.filter(({ peers }) => Object.keys(peers).length > 0);
}

export function print({ results, peers }) {
  console.log(`| | ${peers.map(({ title }) => title).join(' | ')} |`);
  console.log(`|---|${peers.map(() => '---:|').join('')}`);
  for (const row of results) {
    const cells = peers.map(({ id }) => row.peers[id]?.value.toFixed(4) ?? '');
    console.log(`| ${row.title} | ${cells.join(' | ')} |`);
  }
}

export async function run() {
  const all = readResults();
  const results = rowsOf(all);
  return {
    unit: 'nDCG@10, recall@100 or rank correlation, 0 to 1',
    machine: describeMachine(),
    versions: {},
    peers: all.map(({ id }) => ({ id, title: titles[id] ?? id })),
    results,
    ratios: results.flatMap(({ id, title, peers: { [reference]: base, ...others } }) =>
      Object.entries(base ? others : {}).map(([peer, { value }]) => ({
        id: `${id}/${peer}`,
        title: `${title}: ${peer} to ${reference}`,
        value: value / base.value,
        error: 0,
      })),
    ),
  };
}
