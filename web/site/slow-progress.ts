// SPDX-License-Identifier: Apache-2.0

/** What takes less than a second needs no word. */
const FIRST_AFTER_MS = 1000;
const THEN_EVERY_MS = 10_000;

/** Passes on some of the lines that it is told, once the work has taken a while. */
export function slowProgress(
  say: (line: string) => void,
  now: () => number = () => performance.now(),
): (line: string) => void {
  let next = now() + FIRST_AFTER_MS;
  return (line) => {
    if (now() < next) return;
    next = now() + THEN_EVERY_MS;
    say(line);
  };
}
