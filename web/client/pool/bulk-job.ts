// SPDX-License-Identifier: Apache-2.0
import type { Calls } from '../protocol/messages.js';

/** Texts `first`, `first + 1`, ... of a job: what one worker embeds in one call. */
export interface Piece {
  readonly first: number;
  readonly texts: readonly string[];
  readonly tokens: number;
}

/** A piece with its vectors, and the model that made them. */
export type EmbeddedPiece = Calls['embed']['reply'] & { first: number; fingerprint: string };

/**
 * Many texts on their way through several workers: hands out pieces, takes vectors back in any
 * order and passes them on in the order of the texts. Ends once: done, failed or aborted.
 */
export class BulkJob {
  /** Settles when the job ends. */
  readonly done: Promise<void>;
  readonly #stop = new AbortController();
  #settle!: { resolve(): void; reject(reason: unknown): void };
  /** The first text that was in no piece yet. */
  #untaken = 0;
  #untakenTokens: number;
  /** Pieces whose worker died. */
  #returned: Piece[] = [];
  /** The first text whose vector was not passed on. */
  #unpassed = 0;
  #early = new Map<number, EmbeddedPiece>();

  constructor(
    private readonly texts: readonly string[],
    private readonly tokens: readonly number[],
    private readonly pass: (piece: EmbeddedPiece) => void,
  ) {
    this.done = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.done.catch(() => {});
    this.#untakenTokens = tokens.reduce((sum, count) => sum + count, 0);
  }

  /** Aborts the calls that work on pieces when the job ends early. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Estimated tokens of the texts that nobody works on. */
  get waitingTokens(): number {
    return this.#returned.reduce((sum, piece) => sum + piece.tokens, this.#untakenTokens);
  }

  get ended(): boolean {
    return this.#stop.signal.aborted || this.#unpassed === this.texts.length;
  }

  /** The next texts, at least one and then up to `tokenLimit` estimated tokens. */
  take(tokenLimit: number): Piece | undefined {
    if (this.ended) return undefined;
    const returned = this.#returned.shift();
    if (returned) return returned;
    const first = this.#untaken;
    let tokens = 0;
    while (this.#untaken < this.texts.length) {
      const next = this.tokens[this.#untaken] as number;
      if (tokens > 0 && tokens + next > tokenLimit) break;
      tokens += next;
      this.#untaken += 1;
    }
    this.#untakenTokens -= tokens;
    if (this.#untaken === first) return undefined;
    return { first, texts: this.texts.slice(first, this.#untaken), tokens };
  }

  /** The piece's worker will not do it. */
  giveBack(piece: Piece): void {
    this.#returned.push(piece);
  }

  deliver(piece: EmbeddedPiece): void {
    if (this.ended) return;
    this.#early.set(piece.first, piece);
    for (;;) {
      const next = this.#early.get(this.#unpassed);
      if (!next) break;
      this.#early.delete(next.first);
      this.#unpassed += next.tokens.length;
      this.pass(next);
    }
    if (this.#unpassed === this.texts.length) this.#settle.resolve();
  }

  fail(reason: unknown): void {
    if (this.ended) return;
    for (const { vectors } of this.#early.values()) vectors.fill(0);
    this.#early.clear();
    this.#stop.abort(reason);
    this.#settle.reject(reason);
  }
}
