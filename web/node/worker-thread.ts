// SPDX-License-Identifier: Apache-2.0
import type { Worker as Thread, TransferListItem } from 'node:worker_threads';
import type { FromWorker, ToWorker } from '../client/protocol/messages.js';

/** Messages that settle a call. */
const VERDICTS: ReadonlySet<FromWorker['type']> = new Set(['ok', 'failed', 'cancelled']);

/**
 * A thread of `node:worker_threads` with the part of a page's Worker that the client uses: messages and
 * errors as events, `postMessage`, `terminate`. It keeps the process alive while it owes an answer, and
 * only then: a script that has come to its end may end without `dispose()`.
 */
export class WorkerThread extends EventTarget {
  readonly #thread: Thread;
  /** Calls without a verdict. */
  #owed = 0;
  #terminated = false;

  constructor(thread: Thread) {
    super();
    this.#thread = thread;
    thread.unref();
    thread.on('message', (data: FromWorker) => {
      if (VERDICTS.has(data.type)) this.#owe(-1);
      this.dispatchEvent(new MessageEvent('message', { data }));
    });
    thread.on('messageerror', () => this.dispatchEvent(new Event('messageerror')));
    thread.on('error', (error: unknown) => this.#fail(String(error)));
    thread.on('exit', (code) => {
      if (!this.#terminated) this.#fail(`its thread ended with exit code ${code}`);
    });
  }

  postMessage(message: ToWorker, transfer: TransferListItem[] = []): void {
    this.#thread.postMessage(message, transfer);
    if (message.type === 'call') this.#owe(1);
  }

  terminate(): void {
    this.#terminated = true;
    void this.#thread.terminate();
  }

  #owe(change: 1 | -1): void {
    this.#owed += change;
    if (this.#owed > 0) this.#thread.ref();
    else this.#thread.unref();
  }

  #fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
