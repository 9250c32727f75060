// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/zeroing_allocator.h"
#include "index/vector_rows.h"
#include "kernels/kernels.h"

namespace mayfly::index {

// What rows are compared with, on two grids: a fine one, whose scores are the results, and a coarse
// one of 7 bits, which the fastest kernels take and which bounds or approximates those scores.
class QueryVector {
 public:
  static constexpr std::size_t kMaxRows = 128;  // of one call of score_bounds

  // A query of rows.dim() values; Error as for VectorRows::kept. `rows` must outlive it.
  QueryVector(const VectorRows& rows, std::span<const float> query);
  // A row, of these or of others with the same dim and format, as query. It has the coarse grid
  // only.
  QueryVector(const VectorRows& rows, const VectorRows::Row& source);

  // The rank score (row_format.h), which is the cosine unless the rows have another metric, up to
  // the rounding of row and fine grid.
  float score(const VectorRows::Row& row) const;

  // out[i]: that of row numbers[i] up to the coarse grid's rounding.
  void coarse_scores(const std::uint32_t* numbers, std::size_t count, float* out) const;
  // out[i]: at least the score of row first + i; returns of how many rows, 1..kMaxRows. Row first
  // must exist. Close to it: 0.015 above in the mean for 384 dimensions.
  std::size_t score_bounds(std::size_t first, float* out) const;
  // The same of the rows numbers[i].
  void score_bounds(const std::uint32_t* numbers, std::size_t count, float* out) const;

 private:
  // With d the coarse dot product and s the row's sum, the fine dot product is about
  // (dot_factor * d - sum_factor * s) times a constant, and coarse_scale makes it a cosine.
  struct Grid {
    std::int32_t dot_factor, sum_factor;
    float coarse_scale;
    // The fine score is at most the coarse one plus bound_offset + bound_slope * row scale.
    float bound_offset = 0.0F, bound_slope = 0.0F;
    float lowest = -1.0F;  // a cosine's
    float offset = 0.0F;   // RowFormat::Query::offset, or that of a row

    float score(std::int32_t dot, std::int32_t sum, float scale) const {
      const std::int32_t whole = dot_factor * dot - sum_factor * sum;
      return static_cast<float>(whole) * (scale * coarse_scale);
    }
    float bound(float coarse, float scale) const {
      const float sum = coarse + (bound_offset + bound_slope * scale);
      return sum > lowest ? sum : lowest;
    }
  };

  RowFormat::Query format_query() const;
  void dot_coarse(const std::int8_t* const* values, std::size_t count, std::int32_t* out) const;

  const VectorRows& rows_;
  SecureVector<std::int16_t> fine_;    // [stride] or empty
  SecureVector<std::uint8_t> coarse_;  // [stride], 0..127
  SecureVector<float> values_;         // [dim], where the rows' format wants them
  float fine_scale_ = 0.0F;
  std::int32_t fine_sum_ = 0;
  Grid grid_;
};

}  // namespace mayfly::index
