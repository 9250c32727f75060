// SPDX-License-Identifier: Apache-2.0

/** Beats until a silent worker counts as dead. */
const MISSES_UNTIL_DEAD = 5;
/** A timer later than this many intervals says that this page was throttled or frozen. */
const LATE_FACTOR = 1.5;

/**
 * Finds workers that died without an event, by asking for a sign of life while answers are due.
 * A beat counts as missed only when this side's own timer fired on schedule: in a throttled or frozen
 * page, or on an overloaded machine, silence says nothing about the worker.
 */
export class Heartbeat {
  #timer: ReturnType<typeof setInterval> | undefined;
  #misses = 0;
  #patience = 1;
  #awaiting = false;
  #lastBeat = 0;

  constructor(
    private readonly silenceMs: number,
    private readonly ping: () => void,
    private readonly onDead: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** `patience` multiplies the silence that is allowed, for work that cannot answer in between. */
  start(patience = 1): void {
    this.#patience = patience;
    if (this.#timer !== undefined || !Number.isFinite(this.silenceMs)) return;
    this.alive();
    this.#lastBeat = this.now();
    this.#timer = setInterval(() => this.beat(), this.silenceMs / MISSES_UNTIL_DEAD);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Any message of the worker is a sign of life. */
  alive(): void {
    this.#misses = 0;
    this.#awaiting = false;
  }

  /** One tick of the timer; public for the tests, which have a clock of their own. */
  beat(): void {
    const sinceLast = this.now() - this.#lastBeat;
    this.#lastBeat = this.now();
    const onSchedule = sinceLast <= (LATE_FACTOR * this.silenceMs) / MISSES_UNTIL_DEAD;
    if (this.#awaiting && onSchedule) this.#misses += 1;
    if (this.#misses >= MISSES_UNTIL_DEAD * this.#patience) {
      this.stop();
      this.onDead();
      return;
    }
    this.#awaiting = true;
    this.ping();
  }
}
