// SPDX-License-Identifier: Apache-2.0
// Serves folders on 127.0.0.1. Cross-origin isolated, because the browser then gives a clock of 5
// microseconds instead of 100.
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

// mounts: {'/prefix/': folder}. Resolves with {origin, close}.
export function serve(mounts) {
  const server = createServer((request, response) => {
    const file = fileOf(mounts, new URL(request.url, 'http://localhost').pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => server.close(),
      }),
    );
  });
}
