// SPDX-License-Identifier: Apache-2.0
// A worker in this thread: the real server and the real protocol over a MessageChannel, which clones
// messages as a worker does, with a core of the test's choice.
import { makeFakeCore, type FakeCore } from './fake-core.js';
import { withObject } from '../../web/client/core/core.js';
import { Mayfly, type MayflyOptions } from '../../web/client/index.js';
import type { FromWorker, ToWorker } from '../../web/client/protocol/messages.js';
import { Server, type Boot } from '../../web/client/worker/server.js';

export interface FakeWorker {
  core: FakeCore;
  /** Everything the client sent. */
  received: ToWorker[];
  /** Everything the worker sent. */
  sent: FromWorker[];
  /** Dies without a word, as a terminated worker does. */
  kill(): void;
  /** An error that nothing caught. */
  crash(message: string): void;
  terminated: boolean;
}

export class InThreadWorker extends EventTarget implements FakeWorker {
  core = makeFakeCore();
  received: ToWorker[] = [];
  sent: FromWorker[] = [];
  terminated = false;
  #channel = new MessageChannel();
  #server: Server;

  constructor(boot?: Boot) {
    super();
    const { port1: clientEnd, port2: workerEnd } = this.#channel;
    const load: Boot = async ({ models: requests }) => {
      const models = requests.map(({ model }) => {
        if (!('bytes' in model)) throw new Error('fake workers load bytes');
        const file = new this.core.Buffer(1);
        file.view().set(new Uint8Array(model.bytes).subarray(0, 1));
        return withObject(file, (buffer) => this.core.Model.load(buffer));
      });
      // Any object that can be cloned will do: nothing compiles it.
      const modules = { core: {} as WebAssembly.Module, kernelPack: undefined };
      return { core: this.core, models, kernels: this.core.activeKernels(), modules };
    };
    const port = {
      postMessage: (message: FromWorker, transfer: Transferable[] = []) => {
        this.sent.push(message);
        workerEnd.postMessage(message, transfer);
      },
    };
    this.#server = new Server(port, boot ?? load);
    workerEnd.onmessage = (event: MessageEvent<ToWorker>) => {
      this.received.push(event.data);
      this.#server.receive(event.data);
    };
    clientEnd.onmessage = (event: MessageEvent) => {
      this.dispatchEvent(new MessageEvent('message', { data: event.data }));
    };
  }

  postMessage(message: ToWorker, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer as []);
  }

  kill(): void {
    this.#server.close();
    this.#channel.port1.close();
  }

  terminate(): void {
    this.terminated = true;
    this.kill();
  }

  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

/**
 * An engine on fake workers; `workers` grows as the client starts new ones. `boot`, or `bootOf` by the
 * worker's place, replaces what loads a worker; `onWorker` sees each before it loads.
 */
export async function makeEngine(
  options: MayflyOptions & {
    boot?: Boot;
    bootOf?: (place: number) => Boot | undefined;
    onWorker?: (worker: FakeWorker, place: number) => void;
  } = {},
): Promise<{ engine: Mayfly; workers: FakeWorker[] }> {
  const workers: FakeWorker[] = [];
  const { boot, bootOf, onWorker, ...rest } = options;
  const engine = await Mayfly.create({
    model: new Uint8Array([1]),
    workers: 1,
    createWorker: () => {
      const worker = new InThreadWorker(bootOf?.(workers.length) ?? boot);
      onWorker?.(worker, workers.length);
      workers.push(worker);
      return worker as unknown as Worker;
    },
    ...rest,
  });
  return { engine, workers };
}
