// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// Product quantization (Jégou, Douze and Schmid 2011): a vector is cut into parts of neighbouring
// dimensions, and each part is coded as the nearest of 256 centres of its own.
class ProductCodebook {
 public:
  static constexpr std::size_t kCentres = 256;

  // 1 <= parts <= dim.
  ProductCodebook(std::size_t dim, std::size_t parts);

  std::size_t parts() const { return parts_; }
  bool fitted() const { return !centres_.empty(); }
  std::size_t byte_count() const { return centres_.capacity() * sizeof(float); }

  // Finds the centres by k-means over `vectors` [count, dim], which are to be in random order,
  // as the first ones are what it begins with; count >= 1. The same vectors give the same centres
  // on every machine.
  void fit(std::span<const float> vectors);
  void clear();

  // [dim] to [parts].
  void encode(std::span<const float> vector, std::span<std::uint8_t> codes) const;
  // table [parts, 256]: what each centre adds to the rank score of a row (row_format.h), but for
  // the query's own offset. `euclidean`: with -|centre|^2 / 2.
  void fill_table(std::span<const float> query, bool euclidean, std::span<float> table) const;

 private:
  std::size_t begin_of(std::size_t part) const { return part * dim_ / parts_; }
  float* centres_at(std::size_t dimension) { return centres_.data() + dimension * kCentres; }
  const float* centres_at(std::size_t dimension) const {
    return centres_.data() + dimension * kCentres;
  }
  void products(std::size_t part, std::size_t first, const float* values, bool euclidean,
                float* out) const;
  std::uint8_t nearest(std::size_t part, const float* values) const;
  void fit_part(std::size_t part, std::span<const float> vectors);

  std::size_t dim_, parts_;
  SecureVector<float> centres_;  // [dim, 256]: one dimension of all centres of its part
  SecureVector<float> offsets_;  // [parts, 256]: -|centre|^2 / 2
};

// The sum of the table's entries for a row's codes.
inline float sum_of_codes(const std::uint8_t* codes, std::span<const float> table) {
  constexpr std::size_t kCentres = ProductCodebook::kCentres;
  const std::size_t parts = table.size() / kCentres;
  // Two sums, so that an addition need not wait for the one before it.
  float even = 0.0F, odd = 0.0F;
  std::size_t part = 0;
  for (; part + 2 <= parts; part += 2) {
    even += table[part * kCentres + codes[part]];
    odd += table[(part + 1) * kCentres + codes[part + 1]];
  }
  if (part < parts) even += table[part * kCentres + codes[part]];
  return even + odd;
}

}  // namespace mayfly::index
