// SPDX-License-Identifier: Apache-2.0
#include "engine/sentence_settings.h"

#include <limits>
#include <string>

#include "base/error.h"
#include "base/strict_json.h"

namespace mayfly::engine {
namespace {

using nlohmann::json;

// A setting that has to be there with this very value.
void require(const json& settings, const char* key, const json& expected) {
  const auto found = settings.find(key);
  if (found == settings.end() || found->type() != expected.type()) {
    throw Error(ErrorCode::kInvalidModel, std::string("the model's sentence settings lack \"") +
                                              key + "\"; convert the model again");
  }
  if (*found != expected) {
    throw Error(ErrorCode::kUnsupportedModel,
                std::string("the model's sentence settings want another \"") + key +
                    "\" than the one this version has; use a model with mean pooling, "
                    "normalization and no prefixes");
  }
}

}  // namespace

SentenceSettings parse_sentence_settings(std::string_view sentence_json) {
  const json settings = parse_strict_json(sentence_json).value;
  if (!settings.is_object()) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's sentence settings are not a JSON object; convert the model again");
  }
  require(settings, "pooling", "mean");
  require(settings, "normalize", true);
  require(settings, "query_prefix", "");
  require(settings, "document_prefix", "");
  const auto max_tokens = settings.find("max_tokens");
  const bool valid = max_tokens != settings.end() && max_tokens->is_number_unsigned() &&
                     *max_tokens >= 1U && *max_tokens <= std::numeric_limits<std::int32_t>::max();
  if (!valid) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's sentence settings lack \"max_tokens\"; convert the model again");
  }
  return {max_tokens->get<std::size_t>()};
}

}  // namespace mayfly::engine
