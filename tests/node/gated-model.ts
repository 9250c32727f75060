// SPDX-License-Identifier: Apache-2.0
// A model file on a host that keeps it back until the test lets it go.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GatedModel {
  /** Without manifest: load it with `integrity: false`. */
  readonly url: string;
  /** Requests so far, and those that were given up before they were answered. */
  readonly requests: number;
  readonly abandoned: number;
  /** Answers all that wait and all that come, or from now on keeps them waiting. */
  open(): void;
  shut(): void;
  close(): void;
}

export async function serveGatedModel(bytes: Uint8Array): Promise<GatedModel> {
  let open = false;
  let requests = 0;
  let abandoned = 0;
  const waiting = new Set<ServerResponse>();
  const answer = (response: ServerResponse) => {
    waiting.delete(response);
    response.end(bytes);
  };
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.flushHeaders();
    response.on('close', () => (abandoned += waiting.delete(response) ? 1 : 0));
    waiting.add(response);
    if (open) answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gated.safetensors`,
    get requests() {
      return requests;
    },
    get abandoned() {
      return abandoned;
    },
    open() {
      open = true;
      for (const response of [...waiting]) answer(response);
    },
    shut: () => void (open = false),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
