// SPDX-License-Identifier: Apache-2.0
// Times the native indexes on vectors from a file, for native_peers.py and for the constants of
// index/index_cost.h:
//   native_search VECTORS QUERIES DIM KIND [EF...]
// VECTORS and QUERIES hold f32 [n, DIM], unit length. Prints one JSON object for each ef (HNSW;
// others have one): build seconds, queries per second, recall@10 against f32 products.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "index/flat_index.h"
#include "index/hnsw_index.h"
#include "index/index_kind.h"

namespace {

using mayfly::index::FlatIndex;
using mayfly::index::HnswIndex;
using mayfly::index::IndexKind;
using mayfly::index::Precision;
using mayfly::index::RowHit;

constexpr std::size_t kHits = 10;

std::vector<float> read_floats(const char* path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<float> values(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)) /
                            sizeof(float));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(float)));
  if (!file || values.empty()) {
    throw mayfly::Error(mayfly::ErrorCode::kInvalidArgument, std::string("cannot read ") + path);
  }
  return values;
}

struct Data {
  std::size_t dim;
  std::vector<float> vectors, queries;
  std::size_t query_count() const { return queries.size() / dim; }
  std::span<const float> query(std::size_t i) const {
    return std::span(queries).subspan(i * dim, dim);
  }
};

template <typename Index>
void fill(Index& index, const Data& data) {
  for (std::size_t at = 0; at < data.vectors.size(); at += data.dim) {
    index.append(std::span(data.vectors).subspan(at, data.dim));
  }
}

std::vector<std::vector<RowHit>> true_hits(const Data& data) {
  FlatIndex flat(data.dim, Precision::kFloat32);
  fill(flat, data);
  std::vector<std::vector<RowHit>> hits;
  for (std::size_t i = 0; i < data.query_count(); ++i) {
    hits.push_back(flat.search(data.query(i), kHits));
  }
  return hits;
}

double recall(const std::vector<RowHit>& found, const std::vector<RowHit>& expected) {
  double common = 0;
  for (const RowHit& hit : found) {
    common += std::any_of(expected.begin(), expected.end(),
                          [&](const RowHit& other) { return other.row == hit.row; });
  }
  return common / static_cast<double>(expected.size());
}

template <typename Search>
void measure(const Data& data, const std::vector<std::vector<RowHit>>& truth, Search&& search,
             const std::string& name, double build_seconds, std::size_t row_bytes) {
  double found = 0, best = 0;
  for (std::size_t i = 0; i < data.query_count(); ++i) {
    found += recall(search(data.query(i)), truth[i]) / static_cast<double>(data.query_count());
  }
  // The best of five: whoever else runs on the machine only makes it slower.
  for (int round = 0; round < 5; ++round) {
    const double begin = mayfly::monotonic_ms();
    for (std::size_t i = 0; i < data.query_count(); ++i) search(data.query(i));
    const double ms = mayfly::monotonic_ms() - begin;
    best = std::max(best, 1000.0 * static_cast<double>(data.query_count()) / ms);
  }
  std::printf(
      "{\"index\":\"%s\",\"build_s\":%.3f,\"qps\":%.1f,\"recall@10\":%.4f,"
      "\"bytes_per_vector\":%zu}\n",
      name.c_str(), build_seconds, best, found, row_bytes);
  std::fflush(stdout);
}

void run(int argc, char** argv) {
  Data data;
  data.dim = static_cast<std::size_t>(std::atoi(argv[3]));
  data.vectors = read_floats(argv[1]);
  data.queries = read_floats(argv[2]);
  const std::string kind = argv[4];
  const auto truth = true_hits(data);
  const double begin = mayfly::monotonic_ms();
  if (kind == "hnsw") {
    mayfly::index::HnswOptions options;
    options.precision = Precision::kInt10;
    HnswIndex index(data.dim, options);
    fill(index, data);
    const double seconds = (mayfly::monotonic_ms() - begin) / 1000;
    for (int i = 5; i < argc; ++i) {
      const auto ef = static_cast<std::size_t>(std::atoi(argv[i]));
      measure(
          data, truth, [&](auto query) { return index.search(query, kHits, ef); },
          "hnsw ef " + std::to_string(ef), seconds, index.row_bytes());
    }
    return;
  }
  const auto index = make_index(mayfly::index::index_kind(kind), data.dim);
  fill(*index, data);
  const double seconds = (mayfly::monotonic_ms() - begin) / 1000;
  measure(
      data, truth, [&](auto query) { return index->search(query, kHits); }, kind, seconds,
      index->row_bytes());
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 5) {
    std::fprintf(stderr, "usage: native_search VECTORS QUERIES DIM KIND [EF...]\n");
    return 2;
  }
  run(argc, argv);
  return 0;
} catch (const mayfly::Error& error) {
  std::fprintf(stderr, "native_search: %s\n", error.what());
  return 1;
}
