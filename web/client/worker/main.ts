// SPDX-License-Identifier: Apache-2.0
// The worker script: loads the core and the model, seals itself, then answers calls.
import type { ToWorker } from '../protocol/messages.js';
import { boot } from './boot.js';
import { Server, type Port } from './server.js';

const server = new Server(globalThis as unknown as Port, boot);
globalThis.addEventListener('message', (event: MessageEvent<ToWorker>) =>
  server.receive(event.data),
);
