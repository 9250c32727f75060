// SPDX-License-Identifier: Apache-2.0
// For elements with `shared`: an engine whose core lives in a SharedWorker, so that the next page of the
// visit finds models and vectors as this one leaves them. Loaded only where it is asked for.
import type { MayflyOptions } from 'mayfly';
import type { Welcome } from '../client/shared/shared-server.js';
import { spawnWorker } from '../client/spawn-worker.js';
import { trustedUrl } from '../client/trusted-url.js';

/** A shared worker that has not spoken by then is taken for none. */
const PATIENCE_MS = 5000;
/** It may be busy with another page's work. */
const UNRESPONSIVE_AFTER_MS = 30_000;

/** As the engine's client sees a worker; `terminate` leaves it to the other pages. */
function asWorker(shared: SharedWorker): Worker {
  const { port } = shared;
  return {
    postMessage: (message: unknown, transfer: Transferable[]) =>
      port.postMessage(message, transfer),
    terminate: () => port.close(),
    addEventListener(type: string, listener: EventListener) {
      (type === 'error' ? shared : port).addEventListener(type, listener);
    },
  } as unknown as Worker;
}

function welcomed(shared: SharedWorker): Promise<Welcome> {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS);
    shared.addEventListener('error', reject, { once: true });
    shared.port.addEventListener('message', (event) => resolve(event.data), { once: true });
    shared.port.start();
  });
}

/**
 * Connects to the visit's shared worker of that name, or starts it; `moduleUrl` is beside its script.
 * Returns what changes an engine's options so that its core is there, or, where that cannot be, in a
 * worker of the page's own.
 */
export async function shareEngine(
  moduleUrl: string,
  name: string,
): Promise<(options: MayflyOptions) => MayflyOptions> {
  const url = new URL('./shared-worker.js', moduleUrl).href;
  let started = 0;
  const start = () => {
    // A crashed one is not met again. `extendedLifetime`: from page to page, where the browser knows it.
    const options = {
      type: 'module',
      name: `${name} ${started++}`,
      extendedLifetime: true,
    } as const;
    return new SharedWorker(trustedUrl(url), options);
  };
  try {
    let first: SharedWorker | undefined = start();
    const { tiers } = await welcomed(first);
    return ({ model, staticModel, ...options }) => {
      const warm =
        (model === null || tiers.includes(2)) && (staticModel === undefined || tiers.includes(1));
      return {
        ...options,
        model,
        staticModel,
        // Models that are there come with the first answer; they are not downloaded again.
        waitFor: warm ? undefined : options.waitFor,
        workers: 1,
        unresponsiveAfterMs: UNRESPONSIVE_AFTER_MS,
        createWorker() {
          const shared = first ?? start();
          first = undefined;
          shared.port.start();
          return asWorker(shared);
        },
      };
    };
  } catch {
    // A page allows one policy of the name, which is this file's now: the client could not make its own.
    return (options) => ({ ...options, createWorker: () => spawnWorker({}) });
  }
}
