// SPDX-License-Identifier: Apache-2.0
// A static host behind a line of a given speed. The line is in the server, not in the browser's emulation, which
// leaves workers out: every answer waits for the latency, and all answers together get so many bytes a second, in
// turn. Text and WebAssembly go out gzipped, as hosts do. Every byte that went out is in the log with its time.
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};
const TICK_MS = 5;

// {bytes_per_second, latency_ms}; undefined is the machine's own speed.
export const lines = {
  slow: { title: '10 Mbit/s, 40 ms', bytes_per_second: 1_250_000, latency_ms: 40 },
  local: { title: 'no limit', bytes_per_second: Infinity, latency_ms: 0 },
};

const now = () => performance.timeOrigin + performance.now();

function readCoded(file, coded) {
  const known = coded.get(file);
  if (known) return known;
  const bytes = readFileSync(file);
  const type = TYPES[path.extname(file)];
  const answer = { type, gzip: type !== undefined, body: type ? gzipSync(bytes) : bytes };
  coded.set(file, answer);
  return answer;
}

// Shares what the line lets through among the answers that are on their way.
function makeLine({ bytes_per_second: rate }, log) {
  const waiting = new Set();
  let last = now();
  const send = (one, most) => {
    const end = Math.min(one.body.length, one.sent + most);
    log.push({ time: now(), url: one.url, bytes: end - one.sent });
    one.response.write(one.body.subarray(one.sent, end));
    one.sent = end;
    if (end < one.body.length) return;
    waiting.delete(one);
    one.response.end();
  };
  const timer = setInterval(() => {
    const time = now();
    const share = ((time - last) / 1000) * (rate / Math.max(1, waiting.size));
    last = time;
    for (const one of [...waiting]) send(one, Math.max(1, Math.round(share)));
  }, TICK_MS);
  return {
    add(response, url, body) {
      const one = { response, url, body, sent: 0 };
      response.on('close', () => waiting.delete(one));
      waiting.add(one);
      if (rate === Infinity) send(one, Infinity);
    },
    stop: () => clearInterval(timer),
  };
}

// Resolves with {origin, log, close}: `log` is the list of {time, url, bytes}; whoever begins anew empties it.
export function serveSlowly(folder, line) {
  const log = [];
  const coded = new Map();
  const sending = makeLine(line, log);
  const server = createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = path.join(folder, url);
    if (
      !file.startsWith(folder + path.sep) ||
      !statSync(file, { throwIfNoEntry: false })?.isFile()
    ) {
      response.writeHead(404).end();
      return;
    }
    const { type, gzip, body } = readCoded(file, coded);
    setTimeout(() => {
      response.writeHead(200, {
        'content-type': type ?? 'application/octet-stream',
        'content-length': body.length,
        ...(gzip && { 'content-encoding': 'gzip' }),
      });
      sending.add(response, url, body);
    }, line.latency_ms);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        origin: `http://127.0.0.1:${server.address().port}`,
        log,
        close() {
          sending.stop();
          server.close();
          server.closeAllConnections();
        },
      }),
    );
  });
}
