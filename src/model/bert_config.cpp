// SPDX-License-Identifier: Apache-2.0
#include "model/bert_config.h"

#include <string>

#include "base/error.h"
#include "base/strict_json.h"

namespace mayfly::model {
namespace {

std::size_t count_at(const JsonValue& config, const char* key, std::size_t highest) {
  const JsonValue* const value = config.member(key);
  if (value == nullptr || !value->is_count || value->count < 1 || value->count > highest) {
    throw Error(ErrorCode::kInvalidModel, std::string("config.json needs \"") + key +
                                              "\" as a count from 1 to " + std::to_string(highest));
  }
  return static_cast<std::size_t>(value->count);
}

// For a message.
std::string quoted(const JsonValue& value) {
  return value.is(JsonKind::kString) ? "\"" + value.text + "\"" : "something that is no string";
}

// A setting that must have one value where it is given at all.
void require(const JsonValue& config, const char* key, const char* expected) {
  const JsonValue* const value = config.member(key);
  if (value != nullptr && !(value->is(JsonKind::kString) && value->text == expected)) {
    throw Error(ErrorCode::kUnsupportedModel, std::string("config.json has ") + key + " = " +
                                                  quoted(*value) + "; only \"" + expected +
                                                  "\" is supported");
  }
}

}  // namespace

BertConfig parse_bert_config(std::string_view config_json) {
  const JsonValue config = parse_strict_json(config_json).value;
  if (!config.is(JsonKind::kObject)) {
    throw Error(ErrorCode::kInvalidModel, "config.json is not a JSON object");
  }
  require(config, "model_type", "bert");
  require(config, "hidden_act", "gelu");
  require(config, "position_embedding_type", "absolute");
  BertConfig result{};
  result.vocabulary_size = count_at(config, "vocab_size", 1'000'000);
  result.dim = count_at(config, "hidden_size", 4096);
  result.layers = count_at(config, "num_hidden_layers", 64);
  result.heads = count_at(config, "num_attention_heads", 256);
  result.feed_forward = count_at(config, "intermediate_size", 16384);
  result.max_positions = count_at(config, "max_position_embeddings", 8192);
  const JsonValue* const epsilon = config.member("layer_norm_eps");
  result.layer_norm_epsilon = epsilon != nullptr && epsilon->is(JsonKind::kNumber)
                                  ? static_cast<float>(epsilon->number)
                                  : 1e-12F;
  if (!(result.layer_norm_epsilon >= 0.0F && result.layer_norm_epsilon < 1.0F)) {
    throw Error(ErrorCode::kInvalidModel, "config.json has a layer_norm_eps outside [0, 1)");
  }
  const bool divisible = result.dim % result.heads == 0 && result.dim / result.heads % 8 == 0 &&
                         result.feed_forward % 8 == 0;
  if (!divisible) {
    throw Error(ErrorCode::kUnsupportedModel,
                "head size and feed-forward size must be multiples of 8");
  }
  return result;
}

}  // namespace mayfly::model
