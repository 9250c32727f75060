// SPDX-License-Identifier: Apache-2.0
#include "index/principal_axes.h"

#include <algorithm>
#include <cmath>

#include "index/random_numbers.h"

namespace mayfly::index {
namespace {

constexpr std::size_t kRounds = 10;

// Eight sums, so that the compiler may add eight at a time without changing the order.
float dot(const float* a, const float* b, std::size_t n) {
  float sums[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    for (std::size_t j = 0; j < 8; ++j) sums[j] += a[i + j] * b[i + j];
  }
  for (; i < n; ++i) sums[i % 8] += a[i] * b[i];
  return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

void add_scaled(float* to, const float* from, float factor, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] += factor * from[i];
}

// [dim, dim] sums of products, over the largest, so that vectors of any length do.
SecureVector<float> second_moments(std::span<const float> vectors, std::size_t dim) {
  SecureVector<float> sums(dim * dim);
  for (std::size_t row = 0; row < vectors.size(); row += dim) {
    const float* vector = vectors.data() + row;
    for (std::size_t i = 0; i < dim; ++i) add_scaled(sums.data() + i * dim, vector, vector[i], dim);
  }
  float largest = 0.0F;
  for (std::size_t i = 0; i < dim; ++i) largest = std::max(largest, sums[i * dim + i]);
  if (largest > 0.0F) {
    for (float& value : sums) value /= largest;
  }
  return sums;
}

// Uniform in -0.5..0.5: any direction will do.
void draw(std::span<float> vector, std::uint64_t& random) {
  for (float& value : vector) {
    value = static_cast<float>(next_random(random) >> 40U) * 0x1p-24F - 0.5F;
  }
}

}  // namespace

// Gram and Schmidt, each axis twice, which is enough (Giraud, Langou and Rozložník 2005). An axis
// that depends on those before it is drawn anew.
void PrincipalAxes::orthonormalise(std::uint64_t& random) {
  const std::size_t axes = count();
  for (std::size_t i = 0; i < axes; ++i) {
    float* axis = axes_.data() + i * dim_;
    for (;;) {
      float before = 0.0F, after = 0.0F;
      for (int pass = 0; pass < 2; ++pass) {
        before = std::sqrt(dot(axis, axis, dim_));
        for (std::size_t j = 0; j < i; ++j) {
          const float* other = axes_.data() + j * dim_;
          add_scaled(axis, other, -dot(axis, other, dim_), dim_);
        }
        after = std::sqrt(dot(axis, axis, dim_));
        if (!(after > 1e-5F * before)) break;
        for (std::size_t k = 0; k < dim_; ++k) axis[k] /= after;
      }
      if (after > 1e-5F * before) break;
      draw({axis, dim_}, random);
    }
  }
}

void PrincipalAxes::fit(std::span<const float> vectors, std::size_t dim, std::size_t count,
                        std::uint64_t seed) {
  dim_ = dim;
  axes_.assign(count * dim, 0.0F);
  draw(axes_, seed);
  orthonormalise(seed);
  const SecureVector<float> moments = second_moments(vectors, dim);
  SecureVector<float> next(count * dim);
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < dim; ++j) {
        next[i * dim + j] = dot(axes_.data() + i * dim, moments.data() + j * dim, dim);
      }
    }
    axes_.swap(next);
    orthonormalise(seed);
  }
}

void PrincipalAxes::clear() { SecureVector<float>().swap(axes_); }

void PrincipalAxes::project(std::span<const float> vector, std::span<float> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = dot(axes_.data() + i * dim_, vector.data(), dim_);
  }
}

}  // namespace mayfly::index
