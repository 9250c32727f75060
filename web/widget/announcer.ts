// SPDX-License-Identifier: Apache-2.0

/** Longer than the pauses of somebody who types. */
const PAUSE_MS = 600;

/** Tells screen readers after a pause; the last message wins, and none is said twice in a row. */
export class Announcer {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly live: HTMLElement) {}

  say(message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.live.textContent !== message) this.live.textContent = message;
    }, PAUSE_MS);
  }

  silence(): void {
    clearTimeout(this.#timer);
    this.live.textContent = '';
  }
}
