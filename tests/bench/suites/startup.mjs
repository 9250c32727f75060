// SPDX-License-Identifier: Apache-2.0
// From create to the first query vector: a fresh page (and worker) each time, all files in the browser's
// disk cache, peers in turn. Also what the first visit downloads and how much memory it takes.
import { launchWithDiskCache } from '../chromium.mjs';
import { inRounds } from '../interleave.mjs';
import { peakMemory } from '../peak_memory.mjs';
import { embedPackages } from '../peers.mjs';
import { mounts } from '../places.mjs';
import { describeMachine, versionsOf } from '../report.mjs';
import { serve } from '../server.mjs';
import { startupPeers } from '../startup_peers.mjs';
import { median, ratioOf, summary } from '../statistics.mjs';
import { filesOfPeer, firstQuery, totalBytes, visit } from '../visit.mjs';

const minimumCosine = 0.98; // as in embed: else it is not the same work
// The first fills the HTTP cache; the next let the browser keep compiled code, as it does for a visitor
// who comes back.
const warmUpRounds = 3;
const memoryRuns = 3;

const cosine = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

function checkVector(peer, vector, first) {
  if (!(cosine(vector, first) > minimumCosine)) {
    throw new Error(`${peer.title} gives another vector (cosine ${cosine(vector, first)})`);
  }
}

function checkCache(peer, sent) {
  const again = filesOfPeer(sent);
  if (again.length > 0) {
    const names = again.map(({ url }) => url).join(', ');
    throw new Error(
      `${peer.title} was downloaded again: ${names}; the time is not of a cached visit`,
    );
  }
}

async function measureTimes(context, server, peers, rounds) {
  const item = firstQuery();
  const times = Object.fromEntries(peers.map(({ id }) => [id, { ms: [], import_ms: [] }]));
  let first;
  await inRounds(rounds, warmUpRounds, peers, async (round, order) => {
    for (const peer of round < 0 ? peers : order) {
      server.sent.length = 0;
      const { ms, import_ms, vector } = await visit(context, server, peer, item);
      first ??= vector;
      checkVector(peer, vector, first);
      if (round === -warmUpRounds) times[peer.id].bytes = totalBytes(filesOfPeer(server.sent));
      if (round < 0) continue;
      checkCache(peer, server.sent);
      times[peer.id].ms.push(ms);
      times[peer.id].import_ms.push(import_ms);
    }
  });
  return times;
}

// Bytes above those of a page that does nothing; the median of a few browsers each.
async function measureMemory(server, peers, runs) {
  const item = firstQuery();
  const idle = [];
  const peaks = Object.fromEntries(peers.map(({ id }) => [id, []]));
  for (let run = 0; run < runs; ++run) {
    idle.push(await peakMemory((_, sample) => sample()));
    for (const peer of peers) {
      const peak = await peakMemory((context, sample) =>
        visit(context, server, peer, item, sample),
      );
      if (peak !== undefined) peaks[peer.id].push(peak);
    }
    process.stderr.write(`memory: run ${run + 1} of ${runs}\n`);
  }
  return (id) => (peaks[id].length > 0 ? median(peaks[id]) - median(idle) : undefined);
}

const figuresOf = ({ ms, import_ms, bytes }, peak) => ({
  ...summary(ms),
  median_with_import_ms: median(ms.map((time, i) => time + import_ms[i])),
  bytes_transferred: bytes,
  peak_memory_bytes: peak,
});

export function print({ results, peers }) {
  const megabytes = (bytes) => (bytes === undefined ? '-' : (bytes / 1e6).toFixed(1));
  console.log(
    '| | first vector, ms | with import of its code, ms | downloaded, MB | peak memory, MB |',
  );
  console.log('|---|---:|---:|---:|---:|');
  for (const { id, title } of peers) {
    const f = results[0].peers[id];
    console.log(
      `| ${title} | ${f.median_ms.toFixed(0)} (${f.min_ms.toFixed(0)}) | ` +
        `${f.median_with_import_ms.toFixed(0)} | ${megabytes(f.bytes_transferred)} | ` +
        `${megabytes(f.peak_memory_bytes)} |`,
    );
  }
}

export async function run({ rounds, smoke, only }) {
  const peers = only(startupPeers);
  const server = await serve(mounts);
  const { context, close } = await launchWithDiskCache();
  try {
    const times = await measureTimes(context, server, peers, rounds);
    const memory = await measureMemory(server, peers, smoke ? 1 : memoryRuns);
    const figures = peers.map(({ id }) => [id, figuresOf(times[id], memory(id))]);
    return {
      unit: 'milliseconds from create to the first vector of a query, files in the disk cache',
      machine: describeMachine(context.browser() ?? { version: () => 'unknown' }),
      versions: versionsOf(embedPackages),
      peers: peers.map(({ id, title, counts }) => ({ id, title, counts })),
      results: [
        { id: 'first-vector', title: 'create to first vector', peers: Object.fromEntries(figures) },
      ],
      ratios: peers.slice(1).map(({ id, title }) => ({
        id: `first-vector/${id}`,
        title: `create to first vector: ${title}`,
        ...ratioOf(times[id].ms, times[peers[0].id].ms),
      })),
    };
  } finally {
    await close();
    server.close();
  }
}
