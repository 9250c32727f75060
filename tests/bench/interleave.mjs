// SPDX-License-Identifier: Apache-2.0
// Peers take turns, so that a machine that slows down slows all of them down.

// Round r starts with another one than round r - 1: none is always first after a pause.
export const rotated = (list, by) =>
  list.map((_, i) => list[(((i + by) % list.length) + list.length) % list.length]);

// Calls `measure(round, order)` for each round; negative rounds warm up and are not to be kept.
export async function inRounds(rounds, warmUp, ids, measure) {
  for (let round = -warmUp; round < rounds; ++round) {
    await measure(round, rotated(ids, round + warmUp));
    process.stderr.write(round < 0 ? 'warming up\n' : `round ${round + 1} of ${rounds}\n`);
  }
}
