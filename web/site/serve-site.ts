// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import sirv from 'sirv';
import { SiteError } from './errors.js';

/** Later ports tried when the wished one is taken. */
const PORTS_TRIED = 20;

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Files as they are at the time of each request. Port 0 takes any. */
export async function serveSite(folder: string, host: string, port: number): Promise<Served> {
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
  const server = createServer((request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    files(request, response, () => {
      response.statusCode = 404;
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end('There is no such page\n');
    });
  });
  const last = port === 0 ? 0 : Math.min(65535, port + PORTS_TRIED);
  for (let candidate = port; ; candidate++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
      server.once('error', done);
      server.listen(candidate, host, () => {
        server.removeListener('error', done);
        done(undefined);
      });
    });
    if (!error) break;
    if (error.code !== 'EADDRINUSE' || candidate >= last) {
      throw new SiteError(
        'serve-failed',
        `${host}:${candidate} cannot be served: ${error.message}`,
        {
          cause: error,
        },
      );
    }
  }
  const { port: taken } = server.address() as { port: number };
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
