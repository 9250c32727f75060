// SPDX-License-Identifier: Apache-2.0
#include "index/product_codebook.h"

#include <algorithm>
#include <vector>

#include "base/error.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRounds = 5;

// Centres that are computed at a time: as many as fit into registers.
constexpr std::size_t kLanes = 16;

}  // namespace

ProductCodebook::ProductCodebook(std::size_t dim, std::size_t parts) : dim_(dim), parts_(parts) {
  if (parts >= 1 && parts <= dim) return;
  throw Error(ErrorCode::kInvalidArgument,
              "product quantization takes 1 part up to one for each dimension");
}

// out[j] = values . centre first + j, j < kLanes, and -|centre|^2 / 2 with `euclidean`, which makes
// the nearest centre the highest. Side by side, so that the compiler computes several at a time.
void ProductCodebook::products(std::size_t part, std::size_t first, const float* values,
                               bool euclidean, float* out) const {
  float sums[kLanes] = {};
  if (euclidean) std::copy_n(offsets_.data() + part * kCentres + first, kLanes, sums);
  for (std::size_t i = begin_of(part); i < begin_of(part + 1); ++i) {
    const float* centres = centres_at(i) + first;
    const float value = values[i - begin_of(part)];
    for (std::size_t j = 0; j < kLanes; ++j) sums[j] += value * centres[j];
  }
  std::copy_n(sums, kLanes, out);
}

std::uint8_t ProductCodebook::nearest(std::size_t part, const float* values) const {
  float best[kLanes], near[kLanes];
  std::int32_t best_first[kLanes] = {};
  products(part, 0, values, true, best);
  for (std::size_t first = kLanes; first < kCentres; first += kLanes) {
    products(part, first, values, true, near);
    for (std::size_t j = 0; j < kLanes; ++j) {
      const bool better = near[j] > best[j];
      best[j] = better ? near[j] : best[j];
      best_first[j] = better ? static_cast<std::int32_t>(first) : best_first[j];
    }
  }
  const auto lane = static_cast<std::size_t>(std::max_element(best, best + kLanes) - best);
  return static_cast<std::uint8_t>(static_cast<std::size_t>(best_first[lane]) + lane);
}

void ProductCodebook::fit_part(std::size_t part, std::span<const float> vectors) {
  const std::size_t begin = begin_of(part), width = begin_of(part + 1) - begin;
  const std::size_t count = vectors.size() / dim_;
  for (std::size_t i = 0; i < width; ++i) {
    for (std::size_t c = 0; c < kCentres; ++c) {
      centres_at(begin + i)[c] = vectors[c % count * dim_ + begin + i];
    }
  }
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
      const std::size_t centre = nearest(part, values);
      for (std::size_t i = 0; i < width; ++i) sums[i * kCentres + centre] += values[i];
      ++counts[centre];
    }
    // A centre that nothing is near to stays where it is.
    for (std::size_t i = 0; i < width; ++i) {
      for (std::size_t c = 0; c < kCentres; ++c) {
        if (counts[c] > 0) centres_at(begin + i)[c] = sums[i * kCentres + c] / counts[c];
      }
    }
  }
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
  for (std::size_t part = 0; part < parts_; ++part) {
    codes[part] = nearest(part, vector.data() + begin_of(part));
  }
}

void ProductCodebook::fill_table(std::span<const float> query, bool euclidean,
                                 std::span<float> table) const {
  for (std::size_t part = 0; part < parts_; ++part) {
    for (std::size_t first = 0; first < kCentres; first += kLanes) {
      products(part, first, query.data() + begin_of(part), euclidean,
               table.data() + part * kCentres + first);
    }
  }
}

}  // namespace mayfly::index
