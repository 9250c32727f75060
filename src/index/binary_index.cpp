// SPDX-License-Identifier: Apache-2.0
#include "index/binary_index.h"

#include <algorithm>

#include "base/error.h"
#include "index/exact_scan.h"
#include "index/sign_bits.h"
#include "kernels/kernels.h"

namespace mayfly::index {
namespace {

// Of a filter's rows so many are scored without a look at their signs.
constexpr std::size_t kFewRows = 1000;

// The `wanted` rows (there are as many) at the smallest distances; of those at the largest distance
// among them the first ones.
std::vector<std::uint32_t> nearest(const std::vector<std::uint16_t>& distances, std::size_t wanted,
                                   std::size_t largest) {
  // Two counters for each distance: an increment must not wait for the one just before it.
  std::vector<std::uint32_t> even(largest + 1), odd(largest + 1);
  std::size_t i = 0;
  for (; i + 2 <= distances.size(); i += 2) {
    ++even[distances[i]];
    ++odd[distances[i + 1]];
  }
  if (i < distances.size()) ++even[distances[i]];
  std::size_t limit = 0, closer = 0;
  while (closer + even[limit] + odd[limit] < wanted) {
    closer += even[limit] + odd[limit];
    ++limit;
  }
  std::size_t at_limit = wanted - closer;
  std::vector<std::uint32_t> rows;
  rows.reserve(wanted);
  for (std::size_t row = 0; row < distances.size(); ++row) {
    if (distances[row] > limit) continue;
    if (distances[row] == limit && at_limit-- == 0) {
      ++at_limit;
      continue;
    }
    rows.push_back(static_cast<std::uint32_t>(row));
  }
  return rows;
}

}  // namespace

BinaryIndex::BinaryIndex(std::size_t dim, Precision precision, Metric metric)
    : rows_(dim, precision, metric), words_(sign_words(dim)) {
  if (!is_cosine(metric)) {
    throw Error(ErrorCode::kInvalidArgument,
                "a binary index compares directions; for dot products and distances use another");
  }
}

std::size_t BinaryIndex::byte_count() const {
  return rows_.byte_count() + blocks_.size() * kBlockRows * words_ * sizeof(std::uint64_t);
}

void BinaryIndex::write_bits(std::size_t row, std::span<const float> vector) {
  write_signs(vector, std::span(bits_at(row), words_));
}

void BinaryIndex::append(std::span<const float> vector) {
  SecureVector<float> space;
  rows_.kept(vector, space);
  // All that may fail comes before anything is changed.
  if (rows_.size() == blocks_.size() * kBlockRows) blocks_.emplace_back(kBlockRows * words_);
  rows_.append(vector);
  write_bits(rows_.size() - 1, vector);
}

void BinaryIndex::replace(std::size_t row, std::span<const float> vector) {
  rows_.replace(row, vector);
  write_bits(row, vector);
}

void BinaryIndex::remove(std::size_t row) {
  rows_.remove(row);
  const std::size_t last = rows_.size();
  std::copy_n(bits_at(last), words_, bits_at(row));
  zero_memory(bits_at(last), words_ * sizeof(std::uint64_t));
  // One empty block stays, so that adding and removing at its edge does not allocate each time.
  const std::size_t blocks_in_use = (last + kBlockRows - 1) / kBlockRows;
  if (blocks_.size() > blocks_in_use + 1) blocks_.resize(blocks_in_use + 1);
}

void BinaryIndex::clear() {
  rows_.clear();
  blocks_.clear();
}

std::vector<std::uint16_t> BinaryIndex::distances(std::span<const float> query) const {
  SecureVector<std::uint64_t> signs(words_);
  write_signs(query, signs);
  std::vector<std::uint16_t> result(rows_.size());
  for (std::size_t first = 0; first < result.size(); first += kBlockRows) {
    const std::size_t count = std::min(kBlockRows, result.size() - first);
    kernels::active().hamming_rows(
        {signs.data(), blocks_[first / kBlockRows].data(), count, words_, result.data() + first});
  }
  return result;
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
    const std::vector<std::uint16_t> all = distances(query);
    std::vector<std::uint16_t> passing;
    passing.reserve(numbers.size());
    for (const std::uint32_t row : numbers) passing.push_back(all[row]);
    std::vector<std::uint32_t> chosen = nearest(passing, wanted, 64 * words_);
    for (std::uint32_t& place : chosen) place = numbers[place];
    numbers = std::move(chosen);
  }
  return scan_some(rows_, prepared, k, numbers);
}

std::vector<RowHit> BinaryIndex::search(std::span<const float> query, std::size_t k,
                                        std::size_t shortlist) const {
  require_positive_k(k);
  const QueryVector prepared(rows_, query);
  if (rows_.size() == 0) return {};
  const std::size_t wanted = std::min(std::max(k, shortlist), rows_.size());
  return scan_some(rows_, prepared, k, nearest(distances(query), wanted, 64 * words_));
}

}  // namespace mayfly::index
