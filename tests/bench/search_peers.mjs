// SPDX-License-Identifier: Apache-2.0
// Who searches. Vector indexes: `efs` are the settings among which the least that reaches a recall is
// taken; without it there is one. `most`: vectors that it can hold, or builds in minutes. The first
// peer is the one that the others are compared with.
const package_ = (name) => `/packages/${name}`;

const vector = (id, title, options, more = {}) => ({
  id,
  title,
  module: '/bench/page/vector_run.mjs',
  options,
  ...more,
});

const lexical = (id, title, options) => ({
  id,
  title,
  module: '/bench/page/lexical_run.mjs',
  options,
});

// 100,000 vectors took it over eight minutes to build, each of the two.
const edgevecMost = 50_000;

const edgevec = (efSearch) => ({
  module: '/bench/peers/edgevec.mjs',
  options: { module: package_('edgevec/edgevec.js'), efSearch },
});

const mayfly = (kind, options = {}) => ({
  module: '/bench/peers/mayfly_index.mjs',
  options: { core: '/core/mayfly-bench-core.js', kind, ...options },
});

// The settings of HNSW that are tried.
const efs = [10, 12, 15, 20, 25, 30, 40, 60, 80, 120, 160, 240, 320, 640];

export const exactPeer = 'javascript-scan';

export const vectorPeers = [
  vector('mayfly-flat', 'Mayfly flat int8', mayfly('flat')),
  vector('mayfly-binary', 'Mayfly binary, rescored', mayfly('binary')),
  vector('mayfly-two-stage', 'Mayfly 64 principal axes, rescored', mayfly('two-stage')),
  vector('mayfly-pq', 'Mayfly product quantization, rescored', mayfly('pq')),
  vector('mayfly-ivf', 'Mayfly IVF', mayfly('ivf')),
  vector('mayfly-hnsw', 'Mayfly HNSW', mayfly('hnsw', { m: 16, efConstruction: 100, bits: 10 }), {
    efs,
  }),
  vector(exactPeer, 'plain JavaScript scan', {
    module: '/bench/peers/javascript_scan.mjs',
    options: {},
  }),
  vector(
    'hnswlib-wasm',
    'hnswlib-wasm',
    {
      module: '/bench/peers/hnswlib-wasm.mjs',
      options: { module: package_('hnswlib-wasm/dist/hnswlib.js'), m: 16, efConstruction: 200 },
    },
    { efs },
  ),
  vector('edgevec', 'EdgeVec', edgevec(0), { most: edgevecMost }),
  vector('edgevec-ef-200', 'EdgeVec, ef_search 200', edgevec(200), { most: edgevecMost }),
  vector(
    'voy-search',
    'Voy',
    {
      module: '/bench/peers/voy-search.mjs',
      options: { folder: package_('voy-search/') },
    },
    { most: 50_000 }, // 100,000 end in "unwrap_throw failed"
  ),
];

export const lexicalPeers = [
  lexical('mayfly-words', 'Mayfly BM25', {
    module: '/bench/peers/mayfly_lexical.mjs',
    options: { core: '/core/mayfly-bench-core.js' },
  }),
  lexical('minisearch', 'MiniSearch', {
    module: '/bench/peers/minisearch.mjs',
    options: { module: package_('minisearch/dist/es/index.js') },
  }),
  lexical('orama', 'Orama', {
    module: '/bench/peers/orama.mjs',
    options: { module: package_('@orama/orama/dist/browser/index.js') },
  }),
];

export const searchPackages = [
  'hnswlib-wasm',
  'edgevec',
  'voy-search',
  'minisearch',
  '@orama/orama',
];
