// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

namespace mayfly::model {

// The part of a BERT config.json that the forward pass depends on.
struct BertConfig {
  std::size_t vocabulary_size, dim, layers, heads, feed_forward, max_positions;
  float layer_norm_epsilon;
};

// Error(kInvalidModel) for values that are missing or out of range, Error(kUnsupportedModel) for
// another architecture, activation or position embedding, or dimensions that are not multiples
// of 8.
BertConfig parse_bert_config(std::string_view config_json);

}  // namespace mayfly::model
