// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "tokenizer/spec_json.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {
namespace {

// Tokens in id order. JSON objects have no order, so the ids alone say which comes where.
std::vector<const std::string*> tokens_by_id(const JsonValue& vocabulary) {
  std::vector<const std::string*> tokens(vocabulary.parts.size(), nullptr);
  for (const JsonValue& entry : vocabulary.parts) {
    const auto id = static_cast<std::size_t>(token_id(entry, "model.vocab[]"));
    if (id >= tokens.size()) {
      throw_invalid("model.vocab has " + std::to_string(tokens.size()) +
                    " tokens but names the id " + std::to_string(id));
    }
    if (tokens[id] != nullptr) throw_invalid("model.vocab has id " + std::to_string(id) + " twice");
    if (entry.name.find('\0') != std::string::npos) {
      throw_invalid("model.vocab has a token with NUL in it");
    }
    tokens[id] = &entry.name;
  }
  return tokens;
}

}  // namespace

TokenizerParts split_tokenizer_json(std::string_view tokenizer_json) {
  const JsonValue root = parse_object(tokenizer_json);
  const JsonValue& model = required_member(root, "", "model");
  if (!model.is(JsonKind::kObject)) throw_invalid("model must be an object");
  if (model.member("type") != nullptr && string_member(model, "model", "type") != "WordPiece") {
    throw_unsupported("model type " + string_member(model, "model", "type"), "WordPiece");
  }
  const JsonValue& vocabulary = required_member(model, "model", "vocab");
  if (!vocabulary.is(JsonKind::kObject)) throw_invalid("model.vocab must be an object");

  TokenizerParts parts;
  for (const std::string* token : tokens_by_id(vocabulary)) {
    parts.vocabulary += *token;
    parts.vocabulary += '\0';
  }
  // Checked above. The library writes it, which the module of the browser never does.
  auto rest = nlohmann::json::parse(tokenizer_json);
  rest["model"].erase("vocab");
  parts.spec_json = rest.dump();
  return parts;
}

}  // namespace mayfly::tokenizer
