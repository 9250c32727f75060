// SPDX-License-Identifier: Apache-2.0
#include "index/product_codebook.h"

#include <algorithm>
#include <vector>

#include "base/error.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRounds = 6;

std::uint8_t highest(const float* values) {
  return static_cast<std::uint8_t>(
      std::max_element(values, values + ProductCodebook::kCentres) - values);
}

}  // namespace

ProductCodebook::ProductCodebook(std::size_t dim, std::size_t parts) : dim_(dim), parts_(parts) {
  if (parts >= 1 && parts <= dim) return;
  throw Error(ErrorCode::kInvalidArgument,
              "product quantization takes 1 part up to one for each dimension");
}

// out[c] = values . centre c, and -|centre|^2 / 2 with `euclidean`, which makes the nearest centre
// the highest. All centres side by side: the compiler makes it four or eight at a time.
void ProductCodebook::products(std::size_t part, const float* values, bool euclidean,
                               float* out) const {
  for (std::size_t c = 0; c < kCentres; ++c) {
    out[c] = euclidean ? offsets_[part * kCentres + c] : 0.0F;
  }
  for (std::size_t i = begin_of(part); i < begin_of(part + 1); ++i) {
    const float* centres = centres_at(i);
    const float value = values[i - begin_of(part)];
    for (std::size_t c = 0; c < kCentres; ++c) out[c] += value * centres[c];
  }
}

void ProductCodebook::fit_part(std::size_t part, std::span<const float> vectors) {
  const std::size_t begin = begin_of(part), width = begin_of(part + 1) - begin;
  const std::size_t count = vectors.size() / dim_;
  for (std::size_t i = 0; i < width; ++i) {
    for (std::size_t c = 0; c < kCentres; ++c) {
      centres_at(begin + i)[c] = vectors[c % count * dim_ + begin + i];
    }
  }
  float near[kCentres];
  SecureVector<float> sums(width * kCentres);
  std::vector<float> counts(kCentres);
  for (std::size_t round = 0;; ++round) {
    float* offsets = offsets_.data() + part * kCentres;
    std::fill(offsets, offsets + kCentres, 0.0F);
    for (std::size_t i = begin; i < begin + width; ++i) {
      for (std::size_t c = 0; c < kCentres; ++c) {
        offsets[c] -= centres_at(i)[c] * centres_at(i)[c] * 0.5F;
      }
    }
    if (round == kRounds) break;
    std::fill(sums.begin(), sums.end(), 0.0F);
    std::fill(counts.begin(), counts.end(), 0.0F);
    for (std::size_t row = 0; row < count; ++row) {
      const float* values = vectors.data() + row * dim_ + begin;
      products(part, values, true, near);
      const std::size_t nearest = highest(near);
      for (std::size_t i = 0; i < width; ++i) sums[i * kCentres + nearest] += values[i];
      ++counts[nearest];
    }
    // A centre that nothing is near to stays where it is.
    for (std::size_t i = 0; i < width; ++i) {
      for (std::size_t c = 0; c < kCentres; ++c) {
        if (counts[c] > 0) centres_at(begin + i)[c] = sums[i * kCentres + c] / counts[c];
      }
    }
  }
  zero_memory(near, sizeof near);
}

void ProductCodebook::fit(std::span<const float> vectors) {
  centres_.resize(dim_ * kCentres);
  offsets_.resize(parts_ * kCentres);
  for (std::size_t part = 0; part < parts_; ++part) fit_part(part, vectors);
}

void ProductCodebook::clear() {
  SecureVector<float>().swap(centres_);
  SecureVector<float>().swap(offsets_);
}

void ProductCodebook::encode(std::span<const float> vector, std::span<std::uint8_t> codes) const {
  float near[kCentres];
  for (std::size_t part = 0; part < parts_; ++part) {
    products(part, vector.data() + begin_of(part), true, near);
    codes[part] = highest(near);
  }
  zero_memory(near, sizeof near);
}

void ProductCodebook::fill_table(std::span<const float> query, bool euclidean,
                                 std::span<float> table) const {
  for (std::size_t part = 0; part < parts_; ++part) {
    products(part, query.data() + begin_of(part), euclidean, table.data() + part * kCentres);
  }
}

}  // namespace mayfly::index
