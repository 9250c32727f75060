// SPDX-License-Identifier: Apache-2.0
#include "cli/sign_rows.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace mayfly::cli {

SignRows::SignRows(std::size_t dim) : rotation_(dim) {}

void SignRows::append(std::span<const float> vector) {
  bits_.resize((size_ + 1) * words());
  rotation_.write_signs(vector, std::span(bits_).subspan(size_ * words()));
  ++size_;
}

std::vector<index::RowHit> SignRows::search(std::span<const float> query, std::size_t k) const {
  SecureVector<std::uint64_t> signs(words());
  rotation_.write_signs(query, signs);
  std::vector<int> distances(size_);
  for (std::size_t i = 0; i < bits_.size(); ++i) {
    distances[i / words()] += std::popcount(bits_[i] ^ signs[i % words()]);
  }
  std::vector<std::size_t> rows(size_);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const std::size_t count = std::min(k, size_);
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
                    [&](std::size_t a, std::size_t b) {
                      return distances[a] < distances[b] || (distances[a] == distances[b] && a < b);
                    });
  std::vector<index::RowHit> hits;
  for (std::size_t i = 0; i < count; ++i) {
    const auto different = static_cast<float>(distances[rows[i]]);
    hits.push_back({rows[i], 1.0f - 2.0f * different / static_cast<float>(rotation_.width())});
  }
  return hits;
}

}  // namespace mayfly::cli
