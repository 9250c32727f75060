// SPDX-License-Identifier: Apache-2.0
// Serves folders on 127.0.0.1 without content coding. Cross-origin isolated, because the browser then
// gives a clock of 5 microseconds instead of 100, and threads. What was sent is kept in a list, so that
// a suite can say what a page downloaded.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

// The file that a path means, or undefined: only files below a mounted folder.
function fileOf(mounts, pathname) {
  const prefix = Object.keys(mounts).find((mount) => pathname.startsWith(mount));
  if (!prefix) return undefined;
  const folder = path.resolve(mounts[prefix]);
  const file = path.resolve(folder, decodeURIComponent(pathname.slice(prefix.length)));
  if (!file.startsWith(folder + path.sep)) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

// mounts: {'/prefix/': folder}. Resolves with {origin, close, sent}: `sent` is the list, oldest first, of
// {url, file, bytes} for every body sent so far; whoever wants to begin anew empties it.
export function serve(mounts) {
  const sent = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost').pathname;
    const file = fileOf(mounts, url);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const { size } = statSync(file);
    sent.push({ url, file, bytes: size });
    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      // Pages are asked for again, so that a visit always begins with its document; all else is kept.
      'cache-control': url.endsWith('.html') ? 'no-store' : 'public, max-age=86400, immutable',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => server.close(),
        sent,
      }),
    );
  });
}
