// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// The directions along which a collection's vectors have the most of their length: with a vector's
// products with them as its leading dimensions, a few say most about its dot products with the
// others. (Principal components without subtracting the mean: the mean takes part in products.)
class PrincipalAxes {
 public:
  bool fitted() const { return !axes_.empty(); }
  std::size_t count() const { return axes_.size() / (dim_ > 0 ? dim_ : 1); }
  std::size_t byte_count() const { return axes_.capacity() * sizeof(float); }

  // The `count` axes of largest eigenvalue of the vectors' second moments, by subspace iteration
  // (Golub and Van Loan, Matrix Computations, 7.3.2); 1 <= count <= dim. vectors [n, dim]. Ten
  // rounds, which do not settle axes of nearly equal weight: the span is what counts. Always
  // orthonormal, the same on every machine.
  void fit(std::span<const float> vectors, std::size_t dim, std::size_t count, std::uint64_t seed);
  void clear();

  // [count] products with the axes.
  void project(std::span<const float> vector, std::span<float> out) const;

 private:
  void orthonormalise(std::uint64_t& random);

  std::size_t dim_ = 0;
  SecureVector<float> axes_;  // [count, dim]
};

}  // namespace mayfly::index
