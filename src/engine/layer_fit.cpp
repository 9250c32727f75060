// SPDX-License-Identifier: Apache-2.0
#include "engine/layer_fit.h"

#include <algorithm>
#include <cmath>

#include "model/compensated_rounding.h"
#include "model/equalise.h"
#include "model/float_matrix.h"

namespace mayfly::engine {
namespace {

constexpr std::size_t kEqualisedTokens = 1500;  // more do not change the factors noticeably

std::vector<float> find_factors(const FloatLayer& layer, const LayerInputs& inputs) {
  const std::size_t in = layer.in, tokens = inputs.weights.size();
  const std::size_t stride = std::max<std::size_t>(1, tokens / kEqualisedTokens);
  std::vector<float> rows, row_weights;
  for (std::size_t token = 0; token < tokens; token += stride) {
    const auto row = inputs.exact.subspan(token * in, in);
    rows.insert(rows.end(), row.begin(), row.end());
    row_weights.push_back(inputs.weights[token]);
  }
  std::vector<double> cost(in, 0.0);
  for (std::size_t i = 0; i < layer.weights.size(); ++i) {
    cost[i % in] += static_cast<double>(layer.weights[i]) * layer.weights[i];
  }
  return model::equalising_factors(rows, row_weights, cost);
}

// What the encoder's quantized activations stand for: 0..127 over each row's own range.
std::vector<float> quantized_inputs(std::span<const float> x, const std::vector<float>& factors,
                                    std::size_t in) {
  std::vector<float> result(x.begin(), x.end());
  for (std::size_t row = 0; row < result.size(); row += in) {
    const std::span<float> values(result.data() + row, in);
    for (std::size_t i = 0; i < in && !factors.empty(); ++i) values[i] *= factors[i];
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const float offset = *low, range = *high - *low;
    if (!(range > 0.0F)) continue;
    for (float& value : values) {
      const float code = std::nearbyint((value - offset) * (127.0F / range));
      value = code * (range / 127.0F) + offset;
    }
  }
  return result;
}

std::vector<double> weighted_mean(std::span<const float> x, std::span<const float> weights,
                                  std::size_t in) {
  std::vector<double> mean(in, 0.0);
  double total = 0.0;
  for (std::size_t token = 0; token < weights.size(); ++token) {
    total += weights[token];
    for (std::size_t i = 0; i < in; ++i) mean[i] += double{weights[token]} * x[token * in + i];
  }
  for (double& value : mean) value /= total;
  return mean;
}

// The bias takes up what changes on average, so rounding need only preserve what varies.
std::vector<double> centred_gram(std::span<const float> x, std::span<const float> weights,
                                 const std::vector<double>& mean) {
  const std::size_t in = mean.size();
  std::vector<float> rows(x.size());
  for (std::size_t token = 0; token < weights.size(); ++token) {
    const double root = std::sqrt(double{weights[token]});
    for (std::size_t i = 0; i < in; ++i) {
      rows[token * in + i] = static_cast<float>((x[token * in + i] - mean[i]) * root);
    }
  }
  return model::gram_matrix(rows, weights.size(), in);
}

model::Int8Matrix round_weights(std::span<const float> weights, std::vector<double> gram,
                                std::size_t out, std::size_t in, const model::Profile& profile) {
  const model::CompensatedRounding rounding(std::move(gram), in);
  model::Int8Matrix result{std::vector<std::int8_t>(out * in), std::vector<float>(out)};
  const float common_step = profile.layer_step * model::root_mean_square(weights);
  for (std::size_t row = 0; row < out; ++row) {
    const auto values = weights.subspan(row * in, in);
    result.scales[row] = std::max(common_step, rounding.best_scale(values, 127));
    rounding.round_row(values, double{result.scales[row]}, 127,
                       std::span(result.values).subspan(row * in, in));
  }
  return result;
}

}  // namespace

FittedLayer fit_layer(const FloatLayer& layer, const LayerInputs& inputs,
                      const model::Profile& profile, bool equalise) {
  const std::size_t in = layer.in, out = layer.out, tokens = inputs.weights.size();
  FittedLayer fitted;
  if (equalise) fitted.factors = find_factors(layer, inputs);
  std::vector<float> weights = layer.weights;
  for (std::size_t i = 0; i < weights.size() && equalise; ++i) weights[i] /= fitted.factors[i % in];

  const std::vector<float> x = quantized_inputs(inputs.quantized, fitted.factors, in);
  const std::vector<double> mean = weighted_mean(x, inputs.weights, in);
  const std::vector<double> exact_mean = weighted_mean(inputs.exact, inputs.weights, in);
  model::Int8Matrix codes =
      round_weights(weights, centred_gram(x, inputs.weights, mean), out, in, profile);

  std::vector<float> bias(out);
  for (std::size_t row = 0; row < out; ++row) {
    double value = layer.bias[row];
    for (std::size_t i = 0; i < in; ++i) {
      weights[row * in + i] = codes.scales[row] * static_cast<float>(codes.values[row * in + i]);
      value += layer.weights[row * in + i] * exact_mean[i] - weights[row * in + i] * mean[i];
    }
    bias[row] = static_cast<float>(value);
  }
  fitted.outputs = model::multiply_by_transposed(x, weights, bias, tokens, out, in);
  fitted.layer = {std::move(codes), std::move(bias)};
  return fitted;
}

}  // namespace mayfly::engine
