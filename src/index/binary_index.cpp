// SPDX-License-Identifier: Apache-2.0
#include "index/binary_index.h"

#include <algorithm>

#include "base/error.h"
#include "index/exact_scan.h"
#include "kernels/hamming_rows.h"

namespace mayfly::index {
namespace {

// Of a filter's rows so many are scored without a look at their signs.
constexpr std::size_t kFewRows = 1000;

using Distances = std::vector<std::uint16_t>;

// The least limit such that at least `wanted` (there are as many) of every `step`-th distance are
// at most that.
std::size_t limit_of(const Distances& distances, std::size_t step, std::size_t wanted,
                     std::size_t largest) {
  // Two counters for each distance: an increment must not wait for the one just before it.
  std::vector<std::uint32_t> even(largest + 1), odd(largest + 1);
  std::size_t i = 0;
  for (; i + step < distances.size(); i += 2 * step) {
    ++even[distances[i]];
    ++odd[distances[i + step]];
  }
  if (i < distances.size()) ++even[distances[i]];
  std::size_t limit = 0, counted = even[0] + odd[0];
  while (counted < wanted) {
    ++limit;
    counted += even[limit] + odd[limit];
  }
  return limit;
}

std::vector<std::uint32_t> rows_within(const Distances& distances, std::size_t limit) {
  std::vector<std::uint32_t> rows(distances.size());
  rows.resize(kernels::rows_at_most(distances.data(), distances.size(),
                                    static_cast<std::uint16_t>(limit), rows.data()));
  return rows;
}

// The `wanted` rows (there are as many) at the smallest distances; of those at the largest distance
// among them the first ones.
std::vector<std::uint32_t> nearest(const Distances& distances, std::size_t wanted,
                                   std::size_t largest) {
  // A limit guessed from some distances leaves a few rows to choose from, seldom too few.
  constexpr std::size_t kStep = 8;
  const std::size_t guess = wanted / kStep + wanted / (4 * kStep) + 8;
  std::vector<std::uint32_t> rows;
  if (guess * kStep < distances.size()) {
    rows = rows_within(distances, limit_of(distances, kStep, guess, largest));
  }
  if (rows.size() < wanted) rows = rows_within(distances, largest);
  Distances near;
  near.reserve(rows.size());
  for (const std::uint32_t row : rows) near.push_back(distances[row]);
  const std::size_t limit = limit_of(near, 1, wanted, largest);
  std::size_t closer = 0, kept = 0;
  for (const std::uint16_t distance : near) closer += distance < limit ? 1 : 0;
  std::size_t at_limit = wanted - closer;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (near[i] > limit || (near[i] == limit && at_limit == 0)) continue;
    if (near[i] == limit) --at_limit;
    rows[kept++] = rows[i];
  }
  rows.resize(kept);
  return rows;
}

}  // namespace

BinaryIndex::BinaryIndex(std::size_t dim, Precision precision, Metric metric)
    : rows_(dim, precision, metric), rotation_(rows_.dim()), words_(rotation_.width() / 64) {
  if (!is_cosine(metric)) {
    throw Error(ErrorCode::kInvalidArgument,
                "a binary index compares directions; for dot products and distances use another");
  }
}

std::size_t BinaryIndex::byte_count() const {
  return rows_.byte_count() + blocks_.size() * kBlockRows * words_ * sizeof(std::uint64_t);
}

void BinaryIndex::write_bits(std::size_t row, std::span<const float> vector) {
  rotation_.write_signs(vector, std::span(bits_at(row), words_));
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
  rotation_.write_signs(query, signs);
  std::vector<std::uint16_t> result(rows_.size());
  for (std::size_t first = 0; first < result.size(); first += kBlockRows) {
    const std::size_t count = std::min(kBlockRows, result.size() - first);
    kernels::hamming_rows(
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
