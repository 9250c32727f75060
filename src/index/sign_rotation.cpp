// SPDX-License-Identifier: Apache-2.0
#include "index/sign_rotation.h"

#include <algorithm>
#include <cmath>

#include "index/random_numbers.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRounds = 4;
constexpr std::uint64_t kSeed = 20'240'519;

// Walsh and Hadamard's transform of n = 2^i >= 8 values in place, without its scale of 1 / sqrt(n).
void hadamard(float* values, std::size_t n) {
  for (std::size_t half = n / 2; half >= 4; half /= 2) {
    for (std::size_t begin = 0; begin < n; begin += 2 * half) {
      float* low = values + begin;
      float* high = low + half;
      for (std::size_t i = 0; i < half; ++i) {
        const float a = low[i], b = high[i];
        low[i] = a + b;
        high[i] = a - b;
      }
    }
  }
  for (float* four = values; four != values + n; four += 4) {
    const float a = four[0] + four[2], b = four[1] + four[3];
    const float c = four[0] - four[2], d = four[1] - four[3];
    four[0] = a + b;
    four[1] = a - b;
    four[2] = c + d;
    four[3] = c - d;
  }
}

}  // namespace

SignRotation::SignRotation(std::size_t dim)
    : dim_(dim), width_((dim + 127) / 128 * 128), block_(128) {
  while (2 * block_ <= width_) block_ *= 2;
  const float scale = 1 / std::sqrt(static_cast<float>(block_));
  std::uint64_t random = kSeed;
  flips_.resize(kRounds * block_);
  for (float& flip : flips_) flip = (next_random(random) & 1U) != 0 ? scale : -scale;
}

void SignRotation::rotate(std::span<const float> vector, std::span<float> out) const {
  std::copy(vector.begin(), vector.end(), out.begin());
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(dim_), out.end(), 0.0F);
  for (std::size_t round = 0; round < kRounds; ++round) {
    float* block = out.data() + (round % 2 == 0 ? 0 : width_ - block_);
    const float* flips = flips_.data() + round * block_;
    for (std::size_t i = 0; i < block_; ++i) block[i] *= flips[i];
    hadamard(block, block_);
  }
}

void SignRotation::write_signs(std::span<const float> vector, std::span<std::uint64_t> out) const {
  SecureVector<float> rotated(width_);
  rotate(vector, rotated);
  std::fill(out.begin(), out.end(), std::uint64_t{0});
  for (std::size_t i = 0; i < width_; ++i) {
    out[i / 64] |= static_cast<std::uint64_t>(rotated[i] > 0.0F) << (i % 64);
  }
}

}  // namespace mayfly::index
