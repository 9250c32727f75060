// SPDX-License-Identifier: Apache-2.0
// The script of the shared worker: the engine's core for all pages of a visit, sealed like that of a
// worker of one page. What it holds ends with it; nothing is written anywhere.
import type { ToWorker } from '../protocol/messages.js';
import { boot } from '../worker/boot.js';
import { SharedServer } from './shared-server.js';

const scope = globalThis as unknown as {
  close(): void;
  addEventListener(type: 'connect', listener: (event: MessageEvent) => void): void;
};
const server = new SharedServer(boot, () => scope.close());

scope.addEventListener('connect', ({ ports }) => {
  const port = ports[0] as MessagePort;
  const receive = server.connect(port);
  port.addEventListener('message', (event: MessageEvent<ToWorker>) => receive(event.data));
  port.start();
});
