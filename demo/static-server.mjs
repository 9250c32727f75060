// SPDX-License-Identifier: Apache-2.0
// A static file server with the policy that Mayfly must work under. Also used by the browser tests.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
  "connect-src 'self'; style-src 'self'; img-src 'self'";

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.safetensors': 'application/octet-stream',
};

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

/** The file that a URL path names, or undefined where it leaves the folder. */
function fileOf(folder, path) {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(folder + sep) ? file : undefined;
}

function refuse(response, status, message) {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>${status}</title><h1>${message}</h1>`);
}

async function answer(folder, request, response) {
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
  } catch {
    return refuse(response, 400, 'Not an address');
  }
  const file = path.includes('\0') ? undefined : fileOf(folder, path);
  const found = file && (await stat(file).catch(() => undefined));
  if (found?.isDirectory()) {
    response.writeHead(308, { ...HEADERS, location: `${encodeURI(path)}/` });
    return response.end();
  }
  if (!found) return refuse(response, 404, 'There is no such page');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(response, 405, 'Only GET');
  }
  response.writeHead(200, {
    ...HEADERS,
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
  });
  if (request.method === 'HEAD') return response.end();
  return createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** `port` 0 takes any; a port in use gives the next free one. Returns the address and a way to stop. */
export async function listen(root, { port, host = '127.0.0.1' }) {
  const folder = resolve(root);
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => response.destroy());
  });
  for (let candidate = port; ; candidate++) {
    const error = await new Promise((done) => {
      server.once('error', done);
      server.listen(candidate, host, () => {
        server.removeListener('error', done);
        done(undefined);
      });
    });
    if (!error) break;
    if (error.code !== 'EADDRINUSE' || candidate >= port + 50) throw error;
  }
  const { port: taken } = server.address();
  const close = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { url: `http://${host}:${taken}/`, close };
}
