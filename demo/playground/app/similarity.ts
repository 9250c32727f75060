// SPDX-License-Identifier: Apache-2.0

/** Cosines of all pairs, in the order of the vectors, which are of unit length. */
export function cosines(vectors: readonly Float32Array[]): number[][] {
  return vectors.map((one) =>
    vectors.map((other) => one.reduce((sum, value, i) => sum + value * (other[i] as number), 0)),
  );
}

/** Places of the two different ones that are nearest; undefined for fewer than two. */
export function nearestPair(matrix: readonly (readonly number[])[]): [number, number] | undefined {
  let best: [number, number] | undefined;
  let most = -Infinity;
  matrix.forEach((row, i) =>
    row.slice(0, i).forEach((cosine, j) => {
      if (cosine > most) [most, best] = [cosine, [j, i]];
    }),
  );
  return best;
}
