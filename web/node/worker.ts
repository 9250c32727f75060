// SPDX-License-Identifier: Apache-2.0
// The worker script of Node: what client/worker/main.ts is to a page.
import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from '../client/protocol/messages.js';
import { boot } from '../client/worker/boot.js';
import { Server } from '../client/worker/server.js';

if (parentPort === null) throw new Error('this file is a worker: import "mayfly" instead');
const port = parentPort;
const postMessage = (message: FromWorker, transfer: Transferable[] = []) =>
  port.postMessage(message, transfer as ArrayBuffer[]);
const server = new Server({ postMessage }, boot);
port.on('message', (message: ToWorker) => server.receive(message));
