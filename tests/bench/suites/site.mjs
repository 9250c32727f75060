// SPDX-License-Identifier: Apache-2.0
// Search of whole sites beside Pagefind: what a visitor waits for and downloads from the first focus on, in a
// fresh browser context each time, and which pages the questions of demo/questions/test.tsv find.
import path from 'node:path';
import { launchChromium } from '../chromium.mjs';
import { inRounds } from '../interleave.mjs';
import { root } from '../places.mjs';
import { describeMachine, versionsOf } from '../report.mjs';
import { readQuestions, shares } from '../site/question_answers.mjs';
import { askAll } from '../site/site_answers.mjs';
import { sitePeers } from '../site/site_peers.mjs';
import { buildTree, siteTrees } from '../site/site_trees.mjs';
import { visit } from '../site/site_visit.mjs';
import { lines, serveSlowly } from '../site/slow_server.mjs';
import { median, ratioOf, summary } from '../statistics.mjs';

const questionsOf = (name) => readQuestions(path.join(root, `demo/questions/${name}.tsv`));

const phasesOf = (visits, what) => Object.keys(visits[0][what]);
const valuesOf = (visits, what, phase) => visits.map((one) => one[what][phase]);

function figuresOf(visits) {
  const long = visits.flatMap(({ longTasks }) => longTasks);
  return {
    times: Object.fromEntries(
      phasesOf(visits, 'times').map((phase) => [phase, summary(valuesOf(visits, 'times', phase))]),
    ),
    bytes: Object.fromEntries(
      phasesOf(visits, 'bytes').map((phase) => [phase, median(valuesOf(visits, 'bytes', phase))]),
    ),
    long_tasks: long.length / visits.length,
    longest_task_ms: Math.max(0, ...long),
  };
}

async function measureVisits(folder, line, peers, rounds) {
  const server = await serveSlowly(folder, line);
  const browser = await launchChromium();
  const visits = Object.fromEntries(peers.map(({ id }) => [id, []]));
  try {
    await inRounds(rounds, 0, peers, async (round, order) => {
      for (const peer of order) visits[peer.id].push(await visit(browser, server, peer, round));
    });
  } finally {
    await browser.close();
    server.close();
  }
  return visits;
}

// Ratios are of the time to the first results, of every peer but Mayfly's own forms.
function visitRow(id, title, visits, peers) {
  const first = (peer) => valuesOf(visits[peer], 'times', 'first');
  return {
    result: {
      id,
      title,
      peers: Object.fromEntries(peers.map((peer) => [peer.id, figuresOf(visits[peer.id])])),
    },
    ratios: peers
      .filter((peer) => !peer.id.startsWith('mayfly') && visits.mayfly)
      .map((peer) => ({
        id: `${id}/${peer.id}`,
        title: `first results, ${title}: ${peer.title}`,
        ...ratioOf(first(peer.id), first('mayfly')),
      })),
  };
}

async function answersRow(tree, folder, peers, questions) {
  const server = await serveSlowly(folder, lines.local);
  const browser = await launchChromium();
  const row = {
    id: `${tree.id}-answers`,
    title: tree.title,
    questions: questions.length,
    peers: {},
  };
  try {
    for (const peer of peers) {
      process.stderr.write(`${tree.title}: ${peer.title} answers ${questions.length} questions\n`);
      row.peers[peer.id] = shares(await askAll(browser, server, peer, questions), questions);
    }
  } finally {
    await browser.close();
    server.close();
  }
  return row;
}

const percent = (share) => `${(100 * share).toFixed(0)} %`;
const kilobytes = (count) => (count === undefined ? '-' : (count / 1e3).toFixed(0));
const cell = (value, digits = 0) => (value === undefined ? '-' : value.toFixed(digits));

export function print({ results, peers }) {
  for (const row of results) {
    console.log(`\n${row.title}${row.questions ? `, ${row.questions} questions` : ''}`);
    for (const { id, title } of peers.filter((peer) => row.peers[peer.id])) {
      const f = row.peers[id];
      if (row.questions) {
        console.log(`| ${title} | ${[f.first, f.top3, f.nothing].map(percent).join(' | ')} |`);
        continue;
      }
      const times = ['first', 'semantic', 'complete'].map((phase) => f.times[phase]?.median_ms);
      const bytes = ['focus', 'first', 'semantic', 'complete'].map((phase) => f.bytes[phase]);
      const cells = [...times.map((value) => cell(value)), ...bytes.map(kilobytes)];
      console.log(`| ${title} | ${cells.join(' | ')} | ${cell(f.long_tasks, 1)} |`);
    }
  }
}

export async function run({ rounds, smoke, only }) {
  const peers = only(sitePeers);
  const questions = smoke ? questionsOf('tuning').slice(0, 5) : questionsOf('test');
  const results = [];
  const ratios = [];
  for (const tree of smoke ? siteTrees.slice(0, 1) : siteTrees) {
    process.stderr.write(`${tree.title}: building\n`);
    const folder = await buildTree(tree);
    for (const [name, line] of Object.entries(lines)) {
      const visits = await measureVisits(folder, line, peers, rounds);
      const row = visitRow(`${tree.id}-${name}`, `${tree.title}, ${line.title}`, visits, peers);
      results.push(row.result);
      ratios.push(...row.ratios);
    }
    results.push(await answersRow(tree, folder, peers, questions));
  }
  const browser = await launchChromium();
  const machine = describeMachine(browser);
  await browser.close();
  return {
    unit: 'milliseconds from the first focus on, bytes downloaded by then, shares of questions',
    machine,
    versions: versionsOf(['pagefind']),
    peers: peers.map(({ id, title, counts }) => ({ id, title, counts })),
    results,
    ratios,
  };
}
