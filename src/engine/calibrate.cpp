// SPDX-License-Identifier: Apache-2.0
#include "engine/calibrate.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace mayfly::engine {
namespace {

class RangeObserver : public encoder::ActivationObserver {
 public:
  explicit RangeObserver(std::size_t dim) : dim_(dim) {}

  void observe(std::size_t layer, Input input, std::span<const float> x) override {
    const std::string name =
        "encoder.layer." + std::to_string(layer) +
        (input == Input::kAttention ? ".attention.self" : ".intermediate.dense");
    std::vector<float>& range = ranges[name];
    range.resize(dim_, 0.0F);
    for (std::size_t i = 0; i < x.size(); ++i) {
      range[i % dim_] = std::max(range[i % dim_], std::fabs(x[i]));
    }
  }

  model::ChannelRanges ranges;

 private:
  std::size_t dim_;
};

}  // namespace

model::ChannelRanges measure_channel_ranges(const Model& model,
                                            std::span<const std::string_view> texts) {
  RangeObserver observer(model.dim());
  encoder::ForwardPass pass(model.encoder(), &observer);
  tokenizer::EncodeOptions options;
  options.max_length = model.max_tokens();
  for (const std::string_view text : texts) {
    const tokenizer::Encoding encoding = model.tokenizer().encode(text, options);
    const std::span<const std::int32_t> sequence(encoding.ids);
    pass.begin({&sequence, 1});
    while (!pass.step()) {
    }
  }
  return observer.ranges;
}

}  // namespace mayfly::engine
