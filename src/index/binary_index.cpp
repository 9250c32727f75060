// SPDX-License-Identifier: Apache-2.0
#include "index/binary_index.h"

#include <algorithm>

#include "base/error.h"
#include "index/exact_scan.h"

namespace mayfly::index {
namespace {

// Of a filter's rows so many are scored without a look at their signs.
constexpr std::size_t kFewRows = 1000;

}  // namespace

BinaryIndex::BinaryIndex(std::size_t dim, Precision precision, Metric metric)
    : rows_(dim, precision, metric), rotation_(rows_.dim()), signs_(rotation_.width()) {
  if (!is_cosine(metric)) {
    throw Error(ErrorCode::kInvalidArgument,
                "a binary index compares directions; for dot products and distances use another");
  }
}

SecureVector<std::uint64_t> BinaryIndex::signs_of(std::span<const float> vector) const {
  SecureVector<std::uint64_t> signs(signs_.words());
  rotation_.write_signs(vector, signs);
  return signs;
}

void BinaryIndex::append(std::span<const float> vector) {
  SecureVector<float> space;
  rows_.kept(vector, space);
  // All that may fail comes before anything is changed.
  const SecureVector<std::uint64_t> signs = signs_of(vector);
  signs_.reserve_one();
  rows_.append(vector);
  signs_.append(signs);
}

void BinaryIndex::replace(std::size_t row, std::span<const float> vector) {
  rows_.replace(row, vector);
  signs_.replace(row, signs_of(vector));
}

void BinaryIndex::remove(std::size_t row) {
  rows_.remove(row);
  signs_.remove(row);
}

void BinaryIndex::clear() {
  rows_.clear();
  signs_.clear();
}

std::size_t BinaryIndex::default_shortlist(std::size_t size, std::size_t k) {
  return 20 * k + size / 100;
}

std::vector<RowHit> BinaryIndex::search(std::span<const float> query, std::size_t k) const {
  return search(query, k, default_shortlist(size(), k));
}

std::vector<RowHit> BinaryIndex::search(std::span<const float> query, std::size_t k,
                                        const RowSet& set) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  const std::size_t wanted = default_shortlist(size(), k);
  std::vector<std::uint32_t> numbers = rows_in(size(), set);
  if (numbers.size() > kFewRows && numbers.size() > wanted) {
    numbers = signs_.nearest(signs_of(query), wanted, numbers);
  }
  return scan_some(rows_, prepared, k, numbers);
}

std::vector<RowHit> BinaryIndex::search(std::span<const float> query, std::size_t k,
                                        std::size_t shortlist) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  return scan_some(rows_, prepared, k, signs_.nearest(signs_of(query), std::max(k, shortlist)));
}

}  // namespace mayfly::index
