// SPDX-License-Identifier: Apache-2.0
import { Worker as Thread } from 'node:worker_threads';
import { MayflyError } from '../client/errors.js';
import type { MayflyOptions } from '../client/options.js';
import { absolute } from './absolute-url.js';
import { WorkerThread } from './worker-thread.js';

function startThread(workerUrl: string | URL | undefined): Thread {
  const url =
    workerUrl === undefined
      ? new URL('./node/worker.js', import.meta.url)
      : new URL(absolute(workerUrl));
  // Loaders and preloads of the program (--import, --require) are none of the worker's.
  return new Thread(url, { name: 'mayfly', execArgv: [] });
}

/** Node 18 starts the worker, which then cannot verify the model. */
function requireNode20(): void {
  if ('crypto' in globalThis) return;
  throw new MayflyError('engine-unavailable', 'Mayfly needs Node 20 or newer to search');
}

/** In place of the page's form. `createWorker` may make a thread, or what behaves like a page's Worker. */
export function spawnWorker({ createWorker, workerUrl }: MayflyOptions): Worker {
  requireNode20();
  let made: unknown;
  try {
    made = createWorker ? createWorker() : startThread(workerUrl);
  } catch (cause) {
    throw new MayflyError(
      'engine-unavailable',
      `no worker thread could be started (${String(cause)}); workerUrl names a file, and Node may ` +
        'need --allow-worker',
      { cause },
    );
  }
  if (made instanceof Thread) return new WorkerThread(made) as unknown as Worker;
  if (made instanceof EventTarget) return made as Worker;
  throw new MayflyError(
    'invalid-argument',
    'createWorker must return a Worker of node:worker_threads, or an EventTarget like a page has',
  );
}
