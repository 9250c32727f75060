// SPDX-License-Identifier: Apache-2.0
#include "engine/float_transformer.h"

#include <algorithm>
#include <cmath>

namespace mayfly::engine {
namespace {

// e^x for x <= 0, relative error below 1e-12: x = n ln 2 + r, |r| <= ln 2 / 2, Taylor series of r
// to degree 11. 0 below -80.
double exp_nonpositive(double x) {
  if (!(x > -80.0)) return 0.0;
  const double n = std::nearbyint(x * 1.4426950408889634);
  const double r = x - n * 0.6931471805599453;
  double sum = 1.0;
  for (int i = 11; i > 0; --i) sum = 1.0 + sum * r / i;
  return std::ldexp(sum, static_cast<int>(n));
}

double erf_of(double x) {
  const double a = std::fabs(x), t = 1.0 / (1.0 + 0.3275911 * a);
  const double tail =
      t *
      (0.254829592 +
       t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
      exp_nonpositive(-a * a);
  return x < 0.0 ? tail - 1.0 : 1.0 - tail;
}

void softmax(std::vector<float>& scores) {
  const float highest = *std::max_element(scores.begin(), scores.end());
  double sum = 0.0;
  for (float& score : scores) {
    const double e = exp_nonpositive(static_cast<double>(score) - static_cast<double>(highest));
    score = static_cast<float>(e);
    sum += e;
  }
  for (float& score : scores) score = static_cast<float>(score / sum);
}

// One head of one sequence; pointers are to its first token's part, rows are dim apart.
void attend(const float* query, const float* key, const float* value, std::size_t length,
            std::size_t dim, std::size_t head_size, float* out) {
  const float factor = 1.0F / std::sqrt(static_cast<float>(head_size));
  std::vector<float> keys(head_size * length), scores(length);  // keys transposed
  for (std::size_t t = 0; t < length; ++t) {
    for (std::size_t d = 0; d < head_size; ++d) keys[d * length + t] = key[t * dim + d];
  }
  for (std::size_t token = 0; token < length; ++token) {
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t d = 0; d < head_size; ++d) {
      const float q = query[token * dim + d] * factor;
      for (std::size_t t = 0; t < length; ++t) scores[t] += q * keys[d * length + t];
    }
    softmax(scores);
    for (std::size_t t = 0; t < length; ++t) {
      for (std::size_t d = 0; d < head_size; ++d) {
        out[token * dim + d] += scores[t] * value[t * dim + d];
      }
    }
  }
}

}  // namespace

void layer_norm(std::span<float> x, std::span<const float> gamma, std::span<const float> beta,
                float epsilon) {
  const std::size_t n = gamma.size();
  for (std::size_t row = 0; row < x.size(); row += n) {
    double mean = 0.0, variance = 0.0;
    for (std::size_t i = 0; i < n; ++i) mean += x[row + i];
    mean /= static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double difference = x[row + i] - mean;
      variance += difference * difference;
    }
    const double inverse = 1.0 / std::sqrt(variance / static_cast<double>(n) + epsilon);
    for (std::size_t i = 0; i < n; ++i) {
      x[row + i] = static_cast<float>((x[row + i] - mean) * inverse * gamma[i] + beta[i]);
    }
  }
}

void gelu(std::span<float> x) {
  for (float& value : x) {
    const double v = value;
    value = static_cast<float>(0.5 * v * (1.0 + erf_of(v * 0.7071067811865476)));
  }
}

std::vector<float> attention(std::span<const float> query, std::span<const float> key,
                             std::span<const float> value, std::span<const std::size_t> lengths,
                             std::size_t dim, std::size_t heads) {
  std::vector<float> out(query.size(), 0.0F);
  std::size_t first = 0;
  for (const std::size_t length : lengths) {
    for (std::size_t head = 0; head < heads; ++head) {
      const std::size_t at = first * dim + head * (dim / heads);
      attend(query.data() + at, key.data() + at, value.data() + at, length, dim, dim / heads,
             out.data() + at);
    }
    first += length;
  }
  return out;
}

}  // namespace mayfly::engine
