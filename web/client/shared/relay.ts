// SPDX-License-Identifier: Apache-2.0
import type { CallMessage, Calls, FromWorker, Operation, Progress } from '../protocol/messages.js';
import { Server, type Boot } from '../worker/server.js';

export interface Outcome {
  /** Its id is the relay's own. */
  readonly answer: Extract<FromWorker, { type: 'ok' | 'failed' | 'cancelled' }>;
  readonly transfer: Transferable[];
}

/** Who wants to know more of a call than its outcome. */
export interface Asker {
  /** The call's number, before it begins. */
  sent(id: number): void;
  progress(report: Progress): void;
}

interface Pending {
  settle(outcome: Outcome): void;
  progress(report: Progress): void;
}

const NOBODY: Asker = { sent() {}, progress() {} };

/** The one client of a server in this thread: gives calls of many pages numbers of their own. */
export class Relay {
  readonly #server: Server;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  constructor(
    boot: Boot,
    private readonly onFatal: (message: Extract<FromWorker, { type: 'fatal' }>) => void,
  ) {
    const postMessage = (message: FromWorker, transfer: Transferable[] = []) =>
      this.#route(message, transfer);
    this.#server = new Server({ postMessage }, boot);
  }

  /** Never rejects; after `onFatal` it may never settle. */
  ask<Op extends Operation>(
    op: Op,
    args: Calls[Op]['request'],
    asker: Asker = NOBODY,
  ): Promise<Outcome> {
    const id = this.#nextId++;
    asker.sent(id);
    return new Promise((settle) => {
      this.#pending.set(id, { settle, progress: (report) => asker.progress(report) });
      this.#server.receive({ type: 'call', id, op, args } as CallMessage);
    });
  }

  cancel(id: number): void {
    this.#server.receive({ type: 'cancel', id });
  }

  close(): void {
    this.#server.close();
  }

  #route(message: FromWorker, transfer: Transferable[]): void {
    switch (message.type) {
      case 'pong':
        return;
      case 'fatal':
        return this.onFatal(message);
      case 'progress':
        return this.#pending.get(message.id)?.progress(message.progress);
      default:
        this.#pending.get(message.id)?.settle({ answer: message, transfer });
        this.#pending.delete(message.id);
    }
  }
}
