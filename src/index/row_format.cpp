// SPDX-License-Identifier: Apache-2.0
#include "index/row_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/error.h"
#include "index/quantize_vector.h"
#include "index/vector_rows.h"
#include "kernels/kernels.h"

namespace mayfly::index {
namespace {

constexpr double kUnitTolerance = 1e-3;
constexpr double kShortest = 1e-9, kLongest = 1e9;
// More than the roundings to f32 of a score and of its bound together, relative to their parts.
constexpr double kFloatSlack = 4e-6;

double squared_length(std::span<const float> vector) {
  double squares = 0.0;
  for (const float value : vector) squares += double{value} * double{value};
  return squares;
}

// The part of a step that rounding to int8 left, -0.5..0.5, in quarters.
void quantize_rests(std::span<const float> vector, std::span<const std::int8_t> values, float scale,
                    std::span<std::uint8_t> out) {
  std::fill(out.begin(), out.end(), std::uint8_t{0});
  if (scale == 0.0F) return;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const float rest = vector[i] / scale - static_cast<float>(values[i]);
    const auto quarter = static_cast<unsigned>(std::clamp((rest + 0.5F) * 4.0F, 0.0F, 3.0F));
    std::uint8_t& byte = out[i % out.size()];
    byte = static_cast<std::uint8_t>(byte | quarter << (i / out.size() * 2));
  }
}

int rest_at(const std::uint8_t* rests, std::size_t quarter, std::size_t i) {
  return rests[i % quarter] >> (i / quarter * 2) & 3;
}

// Of the fine query with (rest - 1.5) / 4: what kInt10 adds to the dot product of the integers.
double dot_rests(const RowFormat::Query& query, const std::uint8_t* row_rests) {
  std::int8_t rests[kMaxDim];
  const std::size_t stride = query.fine.size(), quarter = stride / 4;
  for (std::size_t part = 0; part < 4; ++part) {
    std::int8_t* out = rests + part * quarter;
    for (std::size_t i = 0; i < quarter; ++i) {
      out[i] = static_cast<std::int8_t>(row_rests[i] >> (2 * part) & 3);
    }
  }
  const std::int32_t dot = kernels::active().dot_s16s8(query.fine.data(), rests, stride);
  zero_memory(rests, stride);  // the stack is not to remember a part of a vector
  return dot * 0.25 - query.fine_sum * 0.375;
}

class Format final : public RowFormat {
 public:
  using RowFormat::RowFormat;

  std::size_t rest_bytes(std::size_t stride) const override {
    return detail_bytes(stride) + (euclidean() ? sizeof(float) : 0);
  }

  std::span<const float> kept(std::span<const float> vector,
                              SecureVector<float>& space) const override {
    const double squares = squared_length(vector), length = std::sqrt(squares);
    if (squares == 0.0) return vector;
    // Negated so that NaN fails too.
    if (metric() == Metric::kUnitCosine && !(std::fabs(length - 1.0) <= kUnitTolerance)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "a vector is not of unit length; divide it by its L2 norm first");
    }
    if (!(length >= kShortest && length <= kLongest)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "a vector is not finite or its length not within 1e-9..1e9; scale all vectors "
                  "by one number first");
    }
    if (metric() != Metric::kCosine) return vector;
    space.resize(vector.size());
    for (std::size_t i = 0; i < vector.size(); ++i) {
      space[i] = static_cast<float>(vector[i] / length);
    }
    return space;
  }

  double write_rests(std::span<const float> vector, std::span<const std::int8_t> values,
                     float scale, std::span<std::uint8_t> rests) const override {
    const std::size_t bytes = detail_bytes(values.size());
    if (precision() == Precision::kInt10) quantize_rests(vector, values, scale, rests.first(bytes));
    if (precision() == Precision::kFloat32) {
      std::memcpy(rests.data(), vector.data(), vector.size_bytes());
    }
    if (euclidean()) {
      const float offset = -0.5F * kept_square(vector, values, scale, rests.data());
      std::memcpy(rests.data() + bytes, &offset, sizeof offset);
    }
    return std::sqrt(squared_length(vector));
  }

  float row_offset(const std::uint8_t* rests, std::size_t stride) const override {
    float offset = 0.0F;
    if (euclidean()) std::memcpy(&offset, rests + detail_bytes(stride), sizeof offset);
    return offset;
  }

  double row_length(std::span<const std::int8_t> values, float scale) const override {
    double squares = 0.0;
    for (const std::int8_t integer : values) {
      const double value = std::abs(integer) + 0.5;  // rounding may have taken a half
      squares += value * value;
    }
    return std::sqrt(squares) * scale;
  }

  // kInt10: the score has the dot product with the rests too, each of at most 3/8 of the row's
  // scale: at most |query| sqrt(dim) 3/8 scale. kFloat32: with q the query, f its fine and c its
  // coarse grid's, v the row and r its integers', q.v - c.r = (q - c).r + q.(v - r), where
  // |q - c| <= |f - c| + sqrt(dim) fine_scale / 2 and |v - r| <= sqrt(dim) scale / 2; the part
  // with |f - c| is in every bound. kEuclidean adds the same offsets to both.
  Slack prepare(std::span<const float> vector, double row_length, Query& query,
                SecureVector<float>& space) const override {
    const double query_length = std::sqrt(squared_length(vector));
    const double root = std::sqrt(static_cast<double>(vector.size()));
    double sizes = query_length * row_length;
    if (euclidean()) sizes += query_length * query_length + row_length * row_length;
    Slack slack{kFloatSlack * sizes * 1.1 + 1e-30, 0.0, -1.0F};
    if (!is_cosine(metric())) slack.lowest = -std::numeric_limits<float>::infinity();
    if (precision() == Precision::kInt10) slack.slope = query_length * 1.01 * 0.375 * root;
    if (precision() == Precision::kFloat32) {
      if (space.empty()) space.assign(vector.begin(), vector.end());
      const double lost = root * query.fine_scale / 2;
      slack.offset += lost * row_length;
      slack.slope = root / 2 * (query_length + lost);
    }
    query.offset = query_offset(vector, query);
    return slack;
  }

  void add_offsets(const VectorRows& rows, float query_offset, std::size_t first,
                   const std::uint32_t* numbers, std::span<float> scores) const override {
    if (!euclidean()) return;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const VectorRows::Row row = rows[numbers ? numbers[i] : first + i];
      scores[i] += query_offset + row_offset(row.rests, rows.stride());
    }
  }

  float score(const Query& query, const std::int8_t* values, const std::uint8_t* rests,
              float scale) const override {
    const float rank = precision() == Precision::kFloat32 ? exact(query.values, rests)
                                                          : rounded(query, values, rests, scale);
    // Rounding can carry a vector's cosine with itself past 1.
    return is_cosine(metric()) ? std::clamp(rank, -1.0F, 1.0F) : rank;
  }

  float hit_score(float rank_score) const override {
    if (!euclidean()) return rank_score;
    return -std::sqrt(std::max(0.0F, -2.0F * rank_score));
  }

 private:
  bool euclidean() const { return metric() == Metric::kEuclidean; }

  std::size_t detail_bytes(std::size_t stride) const {
    if (precision() == Precision::kInt10) return stride / 4;
    return precision() == Precision::kFloat32 ? stride * sizeof(float) : 0;
  }

  // Of the query on its grid, so that a vector is at no distance below 0 from a row.
  float query_offset(std::span<const float> vector, const Query& query) const {
    if (!euclidean()) return 0.0F;
    if (precision() == Precision::kFloat32) return static_cast<float>(-squared_length(vector) / 2);
    double squares = 0.0;
    for (const std::int16_t value : query.fine) squares += double{1} * value * value;
    return static_cast<float>(-squares * query.fine_scale * query.fine_scale / 2);
  }

  // |v|^2 of the vector as the row has it: with the error of the dot product in both, a distance
  // is one between vectors on their grids.
  float kept_square(std::span<const float> vector, std::span<const std::int8_t> values, float scale,
                    const std::uint8_t* rests) const {
    if (precision() == Precision::kFloat32) return static_cast<float>(squared_length(vector));
    double squares = 0.0;
    for (std::size_t i = 0; i < vector.size(); ++i) {
      double value = values[i];
      if (precision() == Precision::kInt10) {
        value += (rest_at(rests, values.size() / 4, i) - 1.5) / 4;
      }
      squares += value * value;
    }
    return static_cast<float>(squares * scale * scale);
  }

  float rounded(const Query& query, const std::int8_t* values, const std::uint8_t* rests,
                float scale) const {
    const std::size_t stride = query.fine.size();
    double product = kernels::active().dot_s16s8(query.fine.data(), values, stride);
    if (precision() == Precision::kInt10) product += dot_rests(query, rests);
    product *= double{scale} * query.fine_scale;
    if (euclidean()) product += double{row_offset(rests, stride)} + query.offset;
    return static_cast<float>(product);
  }

  float exact(std::span<const float> query, const std::uint8_t* rests) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < query.size(); ++i) {
      float value;
      std::memcpy(&value, rests + i * sizeof value, sizeof value);
      const double difference = double{query[i]} - value;
      sum += euclidean() ? -0.5 * difference * difference : double{query[i]} * value;
    }
    return static_cast<float>(sum);
  }
};

}  // namespace

const RowFormat* row_format(Precision precision, Metric metric) {
  using enum Precision;
  using enum Metric;
  static const std::array<Format, 11> kFormats{
      Format(kInt10, kUnitCosine), Format(kFloat32, kUnitCosine), Format(kInt8, kCosine),
      Format(kInt10, kCosine),     Format(kFloat32, kCosine),     Format(kInt8, kDot),
      Format(kInt10, kDot),        Format(kFloat32, kDot),        Format(kInt8, kEuclidean),
      Format(kInt10, kEuclidean),  Format(kFloat32, kEuclidean)};
  for (const Format& format : kFormats) {
    if (format.precision() == precision && format.metric() == metric) return &format;
  }
  return nullptr;
}

}  // namespace mayfly::index
