// SPDX-License-Identifier: Apache-2.0
#include "engine/sentence_settings.h"

#include <limits>
#include <string>

#include "base/error.h"
#include "base/strict_json.h"

namespace mayfly::engine {
namespace {

// A setting that has to be there with this very value, of which kinds other than `kind` have the
// empty one.
void require(const JsonValue& settings, const char* key, JsonKind kind, bool boolean,
             const char* text) {
  const JsonValue* const value = settings.member(key);
  if (value == nullptr || !value->is(kind)) {
    throw Error(ErrorCode::kInvalidModel, std::string("the model's sentence settings lack \"") +
                                              key + "\"; convert the model again");
  }
  if (value->boolean != boolean || value->text != text) {
    throw Error(ErrorCode::kUnsupportedModel,
                std::string("the model's sentence settings want another \"") + key +
                    "\" than the one this version has; use a model with mean pooling, "
                    "normalization and no prefixes");
  }
}

void require_text(const JsonValue& settings, const char* key, const char* text) {
  require(settings, key, JsonKind::kString, false, text);
}

}  // namespace

SentenceSettings parse_sentence_settings(std::string_view sentence_json) {
  const JsonValue settings = parse_strict_json(sentence_json).value;
  if (!settings.is(JsonKind::kObject)) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's sentence settings are not a JSON object; convert the model again");
  }
  require_text(settings, "pooling", "mean");
  require(settings, "normalize", JsonKind::kBoolean, true, "");
  require_text(settings, "query_prefix", "");
  require_text(settings, "document_prefix", "");
  const JsonValue* const max_tokens = settings.member("max_tokens");
  const bool valid = max_tokens != nullptr && max_tokens->is_count && max_tokens->count >= 1 &&
                     max_tokens->count <= std::numeric_limits<std::int32_t>::max();
  if (!valid) {
    throw Error(ErrorCode::kInvalidModel,
                "the model's sentence settings lack \"max_tokens\"; convert the model again");
  }
  return {static_cast<std::size_t>(max_tokens->count)};
}

}  // namespace mayfly::engine
