// SPDX-License-Identifier: Apache-2.0
import { MayflyError } from '../errors.js';
import { Heartbeat } from './heartbeat.js';
import type {
  CallMessage,
  Calls,
  FromWorker,
  Operation,
  Progress,
  SuppliedVectors,
  ToWorker,
} from './messages.js';

/** Unpacking a model is one piece of work, which takes a slow phone seconds. */
const LOAD_PATIENCE = 6;
const loadsModel = (op: Operation) => op === 'load' || op === 'addModel';

interface PendingCall {
  readonly op: Operation;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  onProgress: ((progress: Progress) => void) | undefined;
  /** The caller has been rejected by its signal; the worker's verdict is still due. */
  abandoned: boolean;
  verdict(outcome: Verdict<unknown>): void;
}

/** What the worker did; undefined when it did nothing, or died. */
export type Verdict<Reply> = { value: Reply } | undefined;

export interface StartedCall<Reply> {
  readonly id: number;
  reply: Promise<Reply>;
  /**
   * Known once the worker has answered, and before `reply` settles unless an abort did that: abort
   * and answer may cross, and what was rejected here may have been done there. Never rejects.
   */
  verdict: Promise<Verdict<Reply>>;
}

export interface StartOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Buffers of the arguments that move to the worker instead of being copied. */
  transfer?: Transferable[];
}

/**
 * One worker and the calls that it owes an answer. When it dies, however it does, every pending call
 * rejects, `onDeath` is called once, and the connection is of no further use.
 */
export class Connection {
  #pending = new Map<number, PendingCall>();
  #nextId = 1;
  #heard = false;
  #deathCause: MayflyError | undefined;
  readonly #ending = new AbortController();
  /** Pending calls that load a model. */
  #loads = 0;
  readonly #heartbeat: Heartbeat;

  constructor(
    private readonly worker: Worker,
    unresponsiveAfterMs: number,
    private readonly onDeath: (error: MayflyError) => void,
  ) {
    this.#heartbeat = new Heartbeat(
      unresponsiveAfterMs,
      () => this.#post({ type: 'ping' }),
      () => this.#die('it stopped answering'),
    );
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) =>
      this.#receive(event.data),
    );
    worker.addEventListener('messageerror', () => this.#die('it sent what cannot be read'));
    worker.addEventListener('error', (event) => {
      event.preventDefault?.();
      this.#workerError(event.message);
    });
  }

  get dead(): boolean {
    return this.#deathCause !== undefined;
  }

  /** Aborts when the worker ends, with the reason. */
  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  call<Op extends Operation>(
    op: Op,
    args: Calls[Op]['request'],
    options?: StartOptions,
  ): Promise<Calls[Op]['reply']> {
    return this.start(op, args, options).reply;
  }

  start<Op extends Operation>(
    op: Op,
    args: Calls[Op]['request'],
    { signal, onProgress, transfer }: StartOptions = {},
  ): StartedCall<Calls[Op]['reply']> {
    const id = this.#nextId++;
    let verdict!: (outcome: Verdict<Calls[Op]['reply']>) => void;
    const decided = new Promise<Verdict<Calls[Op]['reply']>>((resolve) => (verdict = resolve));
    const reply = new Promise<Calls[Op]['reply']>((resolve, reject) => {
      if (this.#deathCause) throw this.#deathCause;
      signal?.throwIfAborted();
      const abort = () => this.#abandon(id, signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      const settle = () => signal?.removeEventListener('abort', abort);
      this.#pending.set(id, {
        op,
        resolve: (value) => (settle(), resolve(value as Calls[Op]['reply'])),
        reject: (reason) => (settle(), reject(reason)),
        onProgress,
        abandoned: false,
        verdict: (outcome) => verdict(outcome as Verdict<Calls[Op]['reply']>),
      });
      if (loadsModel(op)) this.#loads += 1;
      this.#heartbeat.start(this.#loads > 0 ? LOAD_PATIENCE : 1);
      this.#post({ type: 'call', id, op, args } as CallMessage, transfer);
    });
    reply.catch(() => this.#pending.has(id) || verdict(undefined));
    return { id, reply, verdict: decided };
  }

  /** Moves vectors to the `fill` call of that id; without effect when it is over. */
  supply(id: number, { fingerprint, vectors, counts }: SuppliedVectors): void {
    if (this.dead) return;
    this.#post({ type: 'supply', id, fingerprint, vectors, counts }, [
      vectors.buffer as ArrayBuffer,
    ]);
  }

  /** Ends the worker; pending calls reject with `reason`. */
  close(reason: MayflyError): void {
    if (this.#deathCause) return;
    this.#deathCause = reason;
    this.#heartbeat.stop();
    this.worker.terminate();
    this.#ending.abort(reason);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) {
      call.verdict(undefined);
      call.reject(reason);
    }
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  #abandon(id: number, reason: unknown): void {
    const call = this.#pending.get(id);
    if (!call) return;
    call.abandoned = true;
    call.reject(reason);
    this.#post({ type: 'cancel', id });
  }

  #receive(message: FromWorker): void {
    if (this.#deathCause) return;
    this.#heard = true;
    this.#heartbeat.alive();
    switch (message.type) {
      case 'pong':
        return;
      case 'fatal':
        return this.#die(message.message);
      case 'progress': {
        const call = this.#pending.get(message.id);
        if (call && !call.abandoned) call.onProgress?.(message.progress);
        return;
      }
      default:
        this.#settle(message);
    }
  }

  #settle(message: Exclude<FromWorker, { type: 'pong' | 'fatal' | 'progress' }>): void {
    const call = this.#pending.get(message.id);
    if (!call) return;
    this.#pending.delete(message.id);
    if (loadsModel(call.op)) this.#loads -= 1;
    if (this.#pending.size === 0) this.#heartbeat.stop();
    else this.#heartbeat.start(this.#loads > 0 ? LOAD_PATIENCE : 1);
    call.verdict(message.type === 'ok' ? { value: message.value } : undefined);
    if (message.type === 'ok') call.resolve(message.value);
    else if (message.type === 'failed') {
      call.reject(new MayflyError(message.error.code, message.error.message));
    }
  }

  #workerError(message: string | undefined): void {
    if (this.#heard) return this.#die(message ?? 'an error escaped from it');
    this.#end(
      new MayflyError(
        'engine-unavailable',
        `the worker script could not be started${message ? ` (${message})` : ''}; ` +
          'check that worker.js is served with the package and worker-src allows it, or pass workerUrl',
      ),
    );
  }

  #die(why: string): void {
    this.#end(
      new MayflyError(
        'worker-crashed',
        `the Mayfly worker ended unexpectedly: ${why}. The next call starts a fresh one`,
      ),
    );
  }

  #end(error: MayflyError): void {
    if (this.#deathCause) return;
    this.close(error);
    this.onDeath(error);
  }
}
