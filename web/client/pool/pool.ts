// SPDX-License-Identifier: Apache-2.0
import { flatten, type PackedDocument } from '../documents.js';
import { MayflyError } from '../errors.js';
import type { Connection, StartOptions } from '../protocol/connection.js';
import type { Calls } from '../protocol/messages.js';
import type { ModelInfo } from '../results.js';
import { BulkJob, type Made, type Piece } from './bulk-job.js';
import { startMember } from './start-member.js';
import { estimateTokens } from './token-estimate.js';

/** A worker that takes pieces. */
interface Member {
  readonly connection: Connection;
  /** The worker that holds the collections and answers queries. */
  readonly home: boolean;
  /** Pieces that it has. */
  busy: number;
}

/** A job, and the call that embeds a piece of it. */
interface Work {
  // Items and replies are the affair of who made the job.
  readonly job: BulkJob<any, any>;
  call(connection: Connection, items: readonly any[], options: StartOptions): Promise<Made>;
}

export interface PoolSettings {
  /** Most workers, the home worker included. */
  workers: number;
  /** Makes a worker; calls back when it dies. */
  connect: (onDeath: () => void) => Connection;
  /** Milliseconds without bulk work after which the extra workers end. */
  idleMs?: number | undefined;
}

/** Estimated tokens of bulk work per extra worker, about half a second, that pay for its start. */
const TOKENS_WORTH_A_WORKER = 4000;
/** Below it a call is not cut: one or two passes of the encoder. */
const SMALLEST_PIECE = 128;
/** Estimated tokens per piece. The home worker's are small: vectors come back to it between them. */
const LARGEST_PIECE = 1024;
const LARGEST_HOME_PIECE = 256;
/** An extra worker has its next piece before it is done with this one: the page may be busy. */
const PIECES_AHEAD = 2;
/** Each idle worker holds some 45 MB. */
const IDLE_MS = 15_000;

/**
 * Spreads bulk embedding over workers that share nothing: each has the whole model. They pull
 * pieces, so that faster ones do more. Extra workers start when there is work worth it and end when
 * there is none for a while. One that dies costs its pieces a second try; only the home worker's
 * death ends jobs.
 */
export class Pool {
  readonly #members: Member[];
  /** Of extra workers, starting ones included. */
  readonly #extra = new Set<Connection>();
  #works: Work[] = [];
  /** Estimated tokens of bulk work since the extra workers last ended. */
  #demand = 0;
  #limit: number;
  /** Counts the times that the extra workers ended for want of work. */
  #generation = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #closed: MayflyError | undefined;

  constructor(
    private readonly home: Connection,
    private readonly info: ModelInfo,
    private readonly settings: PoolSettings,
  ) {
    this.#members = [{ connection: home, home: true, busy: 0 }];
    this.#limit = settings.workers;
  }

  /**
   * Embeds the texts and passes their vectors on in order, piece by piece. Undefined when the home
   * worker alone should do it in one call.
   */
  embed(
    texts: readonly string[],
    signal: AbortSignal | undefined,
    pass: (piece: Calls['embed']['reply']) => void,
  ): Promise<void> | undefined {
    const tokens = texts.map((text) => estimateTokens(text, this.info.maxTokens));
    return this.#spread(texts, tokens, signal, pass, (connection, items, options) =>
      connection.call('embed', { texts: items, interactive: false }, options),
    );
  }

  /** The same of documents, for a collection's `fill`. */
  embedDocuments(
    documents: readonly PackedDocument[],
    signal: AbortSignal | undefined,
    pass: (piece: Calls['embedDocuments']['reply']) => void,
  ): Promise<void> | undefined {
    const tokens = documents.map(({ text }) => estimateTokens(text, Infinity));
    return this.#spread(documents, tokens, signal, pass, (connection, items, options) =>
      connection.call('embedDocuments', { documents: flatten(items) }, options),
    );
  }

  /** Of the model that makes the vectors. */
  get fingerprint(): string {
    return this.info.fingerprint;
  }

  /** Ends the extra workers; jobs reject. The home worker is its owner's. */
  close(reason: MayflyError): void {
    this.#closed = reason;
    clearTimeout(this.#idleTimer);
    for (const { job } of this.#works) job.fail(reason);
    for (const connection of this.#extra) connection.close(reason);
    this.#extra.clear();
  }

  #spread<Item, Reply extends Made>(
    items: readonly Item[],
    tokens: readonly number[],
    signal: AbortSignal | undefined,
    pass: (reply: Reply) => void,
    call: (connection: Connection, items: readonly Item[], options: StartOptions) => Promise<Reply>,
  ): Promise<void> | undefined {
    if (this.#limit === 1 || this.#closed || items.length < 2) return undefined;
    const total = tokens.reduce((sum, count) => sum + count, 0);
    this.#demand += total;
    this.#rest();
    this.#grow();
    if (this.#extra.size === 0 || total < 2 * SMALLEST_PIECE) return undefined;
    const job = new BulkJob(items, tokens, pass);
    const abort = () => job.fail(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#works.push({ job, call });
    this.#pump();
    return job.done.finally(() => {
      signal?.removeEventListener('abort', abort);
      this.#works = this.#works.filter((work) => work.job !== job);
      this.#rest();
    });
  }

  #grow(): void {
    const wanted = Math.floor(this.#demand / TOKENS_WORTH_A_WORKER);
    while (this.#extra.size < Math.min(this.#limit - 1, wanted)) this.#start();
  }

  #start(): void {
    const generation = this.#generation;
    // Little memory, or a host that makes one worker only: go on with those that are there.
    const giveUp = () => {
      if (generation === this.#generation) this.#limit -= 1;
    };
    let connection: Connection;
    try {
      connection = this.settings.connect(() => this.#retire(connection));
    } catch {
      return giveUp();
    }
    this.#extra.add(connection);
    startMember(connection, this.home, this.info).then(
      () => {
        this.#members.push({ connection, home: false, busy: 0 });
        this.#pump();
      },
      () => {
        this.#retire(connection);
        giveUp();
      },
    );
  }

  #retire(connection: Connection): void {
    connection.close(new MayflyError('worker-crashed', 'this worker takes no more pieces'));
    this.#extra.delete(connection);
    const place = this.#members.findIndex((member) => member.connection === connection);
    if (place >= 0) this.#members.splice(place, 1);
  }

  /** Gives pieces to whoever has room, of each job in turn. */
  #pump(): void {
    for (const member of [...this.#members]) {
      while (member.busy < (member.home ? 1 : PIECES_AHEAD)) {
        const work = this.#works.find(({ job }) => job.waitingTokens > 0);
        const piece = work?.job.take(this.#pieceTokens(member, work.job.waitingTokens));
        if (!work || !piece) return;
        this.#works.push(...this.#works.splice(this.#works.indexOf(work), 1));
        void this.#run(member, work, piece);
      }
    }
  }

  /** Pieces shrink towards the end of a job, so that all workers end at about the same time. */
  #pieceTokens(member: Member, waitingTokens: number): number {
    const share = waitingTokens / (2 * this.#members.length);
    const largest = member.home ? LARGEST_HOME_PIECE : LARGEST_PIECE;
    return Math.min(Math.max(share, SMALLEST_PIECE), largest);
  }

  async #run(member: Member, { job, call }: Work, piece: Piece<unknown>): Promise<void> {
    member.busy += 1;
    const { signal } = job;
    try {
      job.deliver(piece, await call(member.connection, piece.items, { signal }));
    } catch (error) {
      if (member.home) job.fail(error);
      else if (!signal.aborted) {
        this.#retire(member.connection);
        job.giveBack(piece);
      }
    }
    member.busy -= 1;
    this.#pump();
  }

  /** Without work, the extra workers end after a while. */
  #rest(): void {
    clearTimeout(this.#idleTimer);
    if (this.#closed) return;
    this.#idleTimer = setTimeout(() => {
      if (this.#works.length > 0) return;
      this.#demand = 0;
      this.#generation += 1;
      for (const connection of [...this.#extra]) this.#retire(connection);
    }, this.settings.idleMs ?? IDLE_MS);
    // A timer of Node's would keep the process.
    (this.#idleTimer as { unref?(): void }).unref?.();
  }
}
