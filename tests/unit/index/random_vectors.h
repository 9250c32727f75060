// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include "base/error.h"
#include "index/row_hit.h"

namespace mayfly::testing {

using Vector = std::vector<float>;

inline void normalise(Vector& vector) {
  double squares = 0;
  for (const float value : vector) squares += double{value} * double{value};
  for (float& value : vector) value = static_cast<float>(value / std::sqrt(squares));
}

inline double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

inline Vector random_unit_vector(std::mt19937& random, std::size_t dim) {
  std::normal_distribution<float> normal;
  Vector vector(dim);
  for (float& value : vector) value = normal(random);
  normalise(vector);
  return vector;
}

// Unit vectors like those of passages: about 100 share a centre.
class ClusteredVectors {
 public:
  ClusteredVectors(std::mt19937& random, std::size_t dim, std::size_t clusters)
      : random_(random), dim_(dim) {
    for (std::size_t i = 0; i < clusters; ++i) centres_.push_back(random_unit_vector(random, dim));
  }

  Vector draw() {
    std::normal_distribution<float> normal(0.0F, 0.8F / std::sqrt(static_cast<float>(dim_)));
    Vector vector = centres_[random_() % centres_.size()];
    for (float& value : vector) value += normal(random_);
    normalise(vector);
    return vector;
  }

 private:
  std::mt19937& random_;
  std::size_t dim_;
  std::vector<Vector> centres_;
};

// The part of the expected rows that was found.
inline double recall(const std::vector<index::RowHit>& found,
                     const std::vector<index::RowHit>& expected) {
  std::size_t common = 0;
  for (const index::RowHit& wanted : expected) {
    for (const index::RowHit& hit : found) common += hit.row == wanted.row ? 1 : 0;
  }
  return expected.empty() ? 1.0
                          : static_cast<double>(common) / static_cast<double>(expected.size());
}

inline bool same_hits(const std::vector<index::RowHit>& a, const std::vector<index::RowHit>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].row != b[i].row || a[i].score != b[i].score) return false;
  }
  return true;
}

template <typename Action>
ErrorCode code_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("no error was thrown");
  return ErrorCode::kInternal;
}

}  // namespace mayfly::testing
