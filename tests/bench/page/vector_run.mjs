// SPDX-License-Identifier: Apache-2.0
// A vector index in the bench's worker: makes the vectors itself, so that nothing has to be sent. The peer's
// module exports `open(options)`: {build(vectors, dim), search(query, k) -> rows, best first, setEf?(ef),
// bytes?()}.
import { clusteredVectors } from '/bench/clustered_vectors.mjs';

export async function open({ module, options }) {
  const peer = await (await import(module)).open(options);
  let data, dim;
  const query = (i) => data.queries.subarray(i * dim, (i + 1) * dim);
  return {
    prepare(plan) {
      data = clusteredVectors(plan);
      ({ dim } = plan);
    },
    async build() {
      await peer.build(data.vectors, dim);
      data = { queries: data.queries };
    },
    setEf: (ef) => peer.setEf(ef),
    // The peer's own count of its vectors' bytes, where they are not in WebAssembly memory.
    bytes: () => peer.bytes?.(),
    // [[row, ...]] of queries begin..end.
    queries({ begin, end, k }) {
      const results = [];
      for (let i = begin; i < end; ++i) results.push(peer.search(query(i), k));
      return results;
    },
  };
}
