// SPDX-License-Identifier: Apache-2.0
// Serves a folder on this machine under a policy.
import { createServer } from 'node:http';
import sirv from 'sirv';

/** Enough for a page that uses the package, with Trusted Types on top. */
export const STRICT = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'mayfly',
};

export const headerOf = (policy) =>
  Object.entries(policy)
    .map((directive) => directive.join(' '))
    .join('; ');

/** Resolves with the address, which ends with a slash; `t` closes the server. */
export async function serveFolder(t, folder, policy = STRICT) {
  const files = sirv(folder, {
    dev: true,
    setHeaders: (response) => {
      if (policy) response.setHeader('content-security-policy', headerOf(policy));
    },
  });
  const server = createServer((request, response) =>
    files(request, response, () => response.writeHead(404).end()),
  );
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}
