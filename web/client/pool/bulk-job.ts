// SPDX-License-Identifier: Apache-2.0

/** Items `first`, `first + 1`, ... of a job: what one worker embeds in one call. */
export interface Piece<Item> {
  readonly first: number;
  readonly items: readonly Item[];
  readonly tokens: number;
}

/** What a worker made of a piece. */
export interface Made {
  readonly vectors: Float32Array;
}

/**
 * Many items on their way through several workers: hands out pieces, takes vectors back in any order
 * and passes them on in the order of the items. Ends once: done, failed or aborted.
 */
export class BulkJob<Item, Reply extends Made> {
  /** Settles when the job ends. */
  readonly done: Promise<void>;
  readonly #stop = new AbortController();
  #settle!: { resolve(): void; reject(reason: unknown): void };
  /** The first item that was in no piece yet. */
  #untaken = 0;
  #untakenTokens: number;
  /** Pieces whose worker died. */
  #returned: Piece<Item>[] = [];
  /** The first item whose vectors were not passed on. */
  #unpassed = 0;
  #early = new Map<number, { piece: Piece<Item>; reply: Reply }>();

  constructor(
    private readonly items: readonly Item[],
    private readonly tokens: readonly number[],
    private readonly pass: (reply: Reply) => void,
  ) {
    this.done = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.done.catch(() => {});
    this.#untakenTokens = tokens.reduce((sum, count) => sum + count, 0);
  }

  /** Aborts the calls that work on pieces when the job ends early. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Estimated tokens of the items that nobody works on. */
  get waitingTokens(): number {
    return this.#returned.reduce((sum, piece) => sum + piece.tokens, this.#untakenTokens);
  }

  get ended(): boolean {
    return this.#stop.signal.aborted || this.#unpassed === this.items.length;
  }

  /** The next items, at least one and then up to `tokenLimit` estimated tokens. */
  take(tokenLimit: number): Piece<Item> | undefined {
    if (this.ended) return undefined;
    const returned = this.#returned.shift();
    if (returned) return returned;
    const first = this.#untaken;
    let tokens = 0;
    while (this.#untaken < this.items.length) {
      const next = this.tokens[this.#untaken] as number;
      if (tokens > 0 && tokens + next > tokenLimit) break;
      tokens += next;
      this.#untaken += 1;
    }
    this.#untakenTokens -= tokens;
    if (this.#untaken === first) return undefined;
    return { first, items: this.items.slice(first, this.#untaken), tokens };
  }

  /** The piece's worker will not do it. */
  giveBack(piece: Piece<Item>): void {
    this.#returned.push(piece);
  }

  deliver(piece: Piece<Item>, reply: Reply): void {
    if (this.ended) return;
    this.#early.set(piece.first, { piece, reply });
    for (;;) {
      const next = this.#early.get(this.#unpassed);
      if (!next) break;
      this.#early.delete(next.piece.first);
      this.#unpassed += next.piece.items.length;
      this.pass(next.reply);
    }
    if (this.#unpassed === this.items.length) this.#settle.resolve();
  }

  fail(reason: unknown): void {
    if (this.ended) return;
    for (const { reply } of this.#early.values()) reply.vectors.fill(0);
    this.#early.clear();
    this.#stop.abort(reason);
    this.#settle.reject(reason);
  }
}
