// SPDX-License-Identifier: Apache-2.0
#include "index/hnsw_index.h"

#include "base/error.h"

namespace mayfly::index {

HnswIndex::HnswIndex(std::size_t dim, const HnswOptions& options)
    : options_(options),
      rows_(dim, options.precision, options.metric),
      graph_(options.m),
      random_(options.seed) {
  // A search scores a row's neighbours, 2 m of them on layer 0, in one call.
  constexpr std::size_t kMostLinks = QueryVector::kMaxRows / 2 - 1;
  if (options.m < 2 || options.m > kMostLinks || options.ef_construction == 0) {
    throw Error(ErrorCode::kInvalidArgument,
                "HNSW takes m of 2 to 63 and an ef_construction of at least 1");
  }
}

std::size_t HnswIndex::byte_count() const {
  return rows_.byte_count() + graph_.byte_count() + visited_.byte_count();
}

void HnswIndex::append(std::span<const float> vector) {
  SecureVector<float> space;
  rows_.kept(vector, space);
  rows_.reserve(rows_.size() + 1);  // all that may fail comes before anything is changed
  graph_.add(draw_level());
  rows_.append(vector);
  attach(static_cast<std::uint32_t>(rows_.size() - 1));
}

void HnswIndex::replace(std::size_t row, std::span<const float> vector) {
  SecureVector<float> space;
  rows_.kept(vector, space);
  const auto number = static_cast<std::uint32_t>(row);
  detach(number);
  rows_.replace(row, vector);
  attach(number);
}

void HnswIndex::remove(std::size_t row) {
  const auto number = static_cast<std::uint32_t>(row);
  detach(number);
  graph_.remove(number);
  rows_.remove(row);
  if (entry_ == rows_.size()) entry_ = number;  // it was the last and has moved
}

void HnswIndex::clear() {
  rows_.clear();
  graph_.clear();
  visited_ = {};
  entry_ = HnswGraph::kNone;
}

}  // namespace mayfly::index
