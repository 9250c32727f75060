// SPDX-License-Identifier: Apache-2.0
// What a visitor downloads to embed, by peer: the files that the peer's page asked the server for in a
// browser with an empty cache, and their sizes as they are, gzipped and with brotli, each at its highest
// level. Code only is coded: static hosts rarely compress binary files, and a model's own coding counts.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { launchChromium } from '../chromium.mjs';
import { embedPackages } from '../peers.mjs';
import { mounts } from '../places.mjs';
import { describeMachine, versionsOf } from '../report.mjs';
import { serve } from '../server.mjs';
import { startupPeers } from '../startup_peers.mjs';
import { filesOfPeer, firstQuery, totalBytes, visit } from '../visit.mjs';

const isModel = ({ url }) => /^\/(models|onnx|hub)\//.test(url);

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
// Quality 11 with the file's size as a hint; minutes for the large ones, so a smoke run takes 5.
const brotlied = (bytes, quality) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

function codeSizes(files, quality) {
  const contents = files.map(({ file }) => readFileSync(file));
  const sum = (sizeOf) => contents.reduce((total, bytes) => total + sizeOf(bytes), 0);
  return {
    code_bytes: totalBytes(files),
    code_gzip_bytes: sum(gzipped),
    code_brotli_bytes: sum((bytes) => brotlied(bytes, quality)),
  };
}

function figuresOf(sent, quality) {
  const files = filesOfPeer(sent);
  const code = files.filter((file) => !isModel(file));
  const model = totalBytes(files.filter(isModel));
  const sizes = codeSizes(code, quality);
  return {
    ...sizes,
    brotli_quality: quality,
    model_bytes: model,
    total_bytes: sizes.code_bytes + model,
    total_gzip_bytes: sizes.code_gzip_bytes + model,
    files: files.map(({ url, bytes }) => ({ url, bytes })),
  };
}

async function measure(server, peer, quality) {
  const browser = await launchChromium();
  try {
    server.sent.length = 0;
    await visit(await browser.newContext(), server, peer, firstQuery());
    process.stderr.write(`${peer.title}: compressing\n`);
    return { figures: figuresOf(server.sent, quality), machine: describeMachine(browser) };
  } finally {
    await browser.close();
  }
}

// Mayfly's model files that are built: {id, title, bytes}, by the manifests beside them.
function profiles() {
  const folder = mounts['/models/'];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      id: name.slice(0, -5),
      ...JSON.parse(readFileSync(path.join(folder, name))),
    }))
    .filter(({ bytes, file }) => bytes > 0 && file)
    .map(({ id, name, bytes }) => ({ id: `profile-${id}`, title: name ?? id, model_bytes: bytes }));
}

export function print({ results, peers }) {
  const megabytes = (bytes) => (bytes / 1e6).toFixed(2);
  console.log('| MB | code | gzip | brotli | model | all, code gzipped |');
  console.log('|---|---:|---:|---:|---:|---:|');
  const [download, ...rest] = results;
  for (const { id, title } of peers) {
    const f = download.peers[id];
    const cells = [f.code_bytes, f.code_gzip_bytes, f.code_brotli_bytes, f.model_bytes];
    console.log(`| ${title} | ${[...cells, f.total_gzip_bytes].map(megabytes).join(' | ')} |`);
  }
  for (const { title, model_bytes } of rest) {
    console.log(`model ${title}: ${megabytes(model_bytes)} MB`);
  }
}

export async function run({ smoke, only }) {
  const peers = only(startupPeers);
  const server = await serve(mounts);
  const quality = smoke ? 5 : constants.BROTLI_MAX_QUALITY;
  try {
    const figures = {};
    let machine;
    for (const peer of peers) {
      ({ figures: figures[peer.id], machine } = await measure(server, peer, quality));
    }
    const first = figures[peers[0].id];
    return {
      unit: 'bytes that a visitor downloads to embed a text',
      machine,
      versions: versionsOf(embedPackages),
      peers: peers.map(({ id, title }) => ({ id, title })),
      results: [{ id: 'download', title: 'to embed a text', peers: figures }, ...profiles()],
      ratios: peers.slice(1).flatMap(({ id, title }) =>
        ['code_gzip_bytes', 'total_gzip_bytes'].map((what) => ({
          id: `${what}/${id}`,
          title: `${what === 'code_gzip_bytes' ? 'code gzipped' : 'all, code gzipped'}: ${title}`,
          value: figures[id][what] / first[what],
          error: 0,
        })),
      ),
    };
  } finally {
    server.close();
  }
}
