// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/zeroing_allocator.h"

namespace mayfly::index {

// How finely a row is kept. kInt8: a byte per dimension. kInt10: two bits more, for collections in
// which many rows are almost equally near. kFloat32: the f32 values too, five bytes per dimension
// in all. What lies beyond the byte is read only by the scores of results; all else, the choice of
// what to score included, is done with the bytes, and is no slower.
enum class Precision { kInt8, kInt10, kFloat32 };

// What "near" means. Higher scores are always better.
//   kUnitCosine  the cosine; vectors and queries must be of unit length within 0.1 % or all zeros,
//                which catches vectors that an encoder did not make
//   kCosine      the cosine of vectors of any length: they are divided by it. Zeros score 0
//   kDot         q . v; rows are not equally near to themselves: a long one may beat the query's
//   twin kEuclidean   minus the distance, -|q - v|, of the vectors as they are kept
// Lengths must be 0 or 1e-9..1e9.
enum class Metric { kUnitCosine, kCosine, kDot, kEuclidean };

inline bool is_cosine(Metric metric) {
  return metric == Metric::kUnitCosine || metric == Metric::kCosine;
}

class VectorRows;

// All that rows of another precision or metric than kInt8 and kUnitCosine need. Its functions are
// virtual so that a program without such rows, as visitors load it, does not carry them.
//
// Inside an index rows are compared by rank scores: the cosine, the dot product, or for kEuclidean
// -|q - v|^2 / 2 = q . v - |q|^2 / 2 - |v|^2 / 2, which is why a row and a query have an offset.
class RowFormat {
 public:
  // A query on its fine grid and as it is.
  struct Query {
    std::span<const std::int16_t> fine;  // [stride]
    std::span<const float> values;       // [dim], kFloat32 only
    float fine_scale;
    std::int32_t fine_sum;
    float offset;  // -|q|^2 / 2, kEuclidean only
  };
  // What is added to a QueryVector's bound, the latter per unit of the row's scale; the least that
  // a score can be.
  struct Slack {
    double offset, slope;
    float lowest;
  };

  constexpr RowFormat(Precision precision, Metric metric)
      : precision_(precision), metric_(metric) {}
  virtual ~RowFormat() = default;

  Precision precision() const { return precision_; }
  Metric metric() const { return metric_; }

  // Bytes of a row beside its integers.
  virtual std::size_t rest_bytes(std::size_t stride) const = 0;
  // The vector as it is kept: itself, or of unit length in `space`. Error(kInvalidArgument) for a
  // length, NaN and infinities included, that the metric does not take.
  virtual std::span<const float> kept(std::span<const float> vector,
                                      SecureVector<float>& space) const = 0;
  // Fills the rests of a row that has been quantized to `values` [stride]; returns its length.
  virtual double write_rests(std::span<const float> vector, std::span<const std::int8_t> values,
                             float scale, std::span<std::uint8_t> rests) const = 0;
  // At least the length of a row with these values [stride].
  virtual double row_length(std::span<const std::int8_t> values, float scale) const = 0;
  // -|v|^2 / 2 of a row; 0 unless kEuclidean.
  virtual float row_offset(const std::uint8_t* rests, std::size_t stride) const = 0;
  // Completes what a query of these values (in `space` where kept() made them) is to score(), with
  // rows that are no longer than `row_length`.
  virtual Slack prepare(std::span<const float> vector, double row_length, Query& query,
                        SecureVector<float>& space) const = 0;
  // Adds to scores[i] the offsets of the query and of row numbers[i] or, without numbers, first +
  // i.
  virtual void add_offsets(const VectorRows& rows, float query_offset, std::size_t first,
                           const std::uint32_t* numbers, std::span<float> scores) const = 0;
  // The rank score.
  virtual float score(const Query& query, const std::int8_t* values, const std::uint8_t* rests,
                      float scale) const = 0;
  // What a hit shows of its rank score.
  virtual float hit_score(float rank_score) const = 0;

 private:
  Precision precision_;
  Metric metric_;
};

// nullptr for kInt8 and kUnitCosine, which need none. Lives as long as the program.
const RowFormat* row_format(Precision precision, Metric metric);

}  // namespace mayfly::index
