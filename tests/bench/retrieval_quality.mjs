// SPDX-License-Identifier: Apache-2.0
// How good result lists are. Both take the best result first.

// Share of the true k nearest that the list has.
export function recall(found, truth) {
  const wanted = new Set(truth);
  return found.filter((one) => wanted.has(one)).length / truth.length;
}

// nDCG of the first k with linear gains (Järvelin and Kekäläinen 2002): `gains` maps id to gain.
export function ndcg(found, gains, k = 10) {
  const discounted = (list) =>
    list.slice(0, k).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
  const ideal = discounted([...gains.values()].sort((a, b) => b - a));
  return ideal === 0 ? 0 : discounted(found.map((id) => gains.get(id) ?? 0)) / ideal;
}

export const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
