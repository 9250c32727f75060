// SPDX-License-Identifier: Apache-2.0
// The plain JavaScript that a page would write: f32, every vector, a sorted list of the best. It is exact,
// so that it is also what the others' recall is counted against.

export function open() {
  let all, size;
  const dot = (query, begin) => {
    let sum = 0;
    for (let i = 0; i < size; ++i) sum += query[i] * all[begin + i];
    return sum;
  };
  return {
    build(vectors, dim) {
      all = vectors.slice();
      size = dim;
    },
    search(query, k) {
      const best = []; // {row, score}, best first
      for (let row = 0; row * size < all.length; ++row) {
        const score = dot(query, row * size);
        if (best.length === k && score <= best[k - 1].score) continue;
        let place = best.length;
        while (place > 0 && best[place - 1].score < score) --place;
        best.splice(place, 0, { row, score });
        if (best.length > k) best.pop();
      }
      return best.map(({ row }) => row);
    },
    bytes: () => all.byteLength,
  };
}
