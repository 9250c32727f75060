// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/definition.h"

#include <algorithm>
#include <limits>

#include "tokenizer/spec_json.h"

namespace mayfly::tokenizer {
namespace {

BertNormalizerOptions parse_normalizer(const JsonValue& root) {
  constexpr const char* kWhere = "normalizer";
  const JsonValue* const part = optional_object(root, kWhere);
  if (part == nullptr) return {};
  const std::string type = type_of(part, kWhere);
  if (type != "BertNormalizer") throw_unsupported("normalizer " + type, "a BertNormalizer");
  BertNormalizerOptions options;
  options.clean_text = bool_member(*part, kWhere, "clean_text");
  options.handle_chinese_chars = bool_member(*part, kWhere, "handle_chinese_chars");
  options.lowercase = bool_member(*part, kWhere, "lowercase");
  const JsonValue* const strip = part->member("strip_accents");
  options.strip_accents = strip == nullptr || strip->is(JsonKind::kNull)
                              ? options.lowercase
                              : bool_member(*part, kWhere, "strip_accents");
  return options;
}

void check_pre_tokenizer(const JsonValue& root) {
  constexpr const char* kWhere = "pre_tokenizer";
  const std::string type = type_of(optional_object(root, kWhere), kWhere);
  if (type != "BertPreTokenizer") throw_unsupported("pre-tokenizer " + type, "a BertPreTokenizer");
}

// Files of 2020 name no type; WordPiece is then known by its members.
bool is_wordpiece(const JsonValue& model) {
  if (model.member("type") != nullptr) return string_member(model, "model", "type") == "WordPiece";
  return model.member("continuing_subword_prefix") != nullptr && model.member("merges") == nullptr;
}

void parse_model(const JsonValue& root, Definition& definition) {
  const JsonValue& model = required_member(root, "", "model");
  if (!model.is(JsonKind::kObject)) throw_invalid("model must be an object");
  if (!is_wordpiece(model))
    throw_unsupported("model type " + type_of(&model, "model"), "WordPiece");
  definition.unknown_token = string_member(model, "model", "unk_token");
  definition.prefix = string_member(model, "model", "continuing_subword_prefix");
  definition.max_characters = static_cast<std::size_t>(
      std::min<std::uint64_t>(count_member(model, "model", "max_input_chars_per_word"),
                              std::numeric_limits<std::size_t>::max()));
}

std::vector<AddedToken> parse_added_tokens(const JsonValue& root) {
  std::vector<AddedToken> tokens;
  const JsonValue* const found = root.member("added_tokens");
  if (found == nullptr || found->is(JsonKind::kNull)) return tokens;
  for (const JsonValue& entry : array_member(root, "", "added_tokens").parts) {
    constexpr const char* kWhere = "added_tokens[]";
    AddedToken& token = tokens.emplace_back();
    token.id = token_id(required_member(entry, kWhere, "id"), "added_tokens[].id");
    token.content = string_member(entry, kWhere, "content");
    token.special = bool_member(entry, kWhere, "special");
    token.single_word = bool_member(entry, kWhere, "single_word");
    token.lstrip = bool_member(entry, kWhere, "lstrip");
    token.rstrip = bool_member(entry, kWhere, "rstrip");
    token.normalized = bool_member(entry, kWhere, "normalized");
  }
  return tokens;
}

void append_special_token(const JsonValue& processor, const JsonValue& piece,
                          std::vector<TokenId>& ids) {
  const std::string name = string_member(piece, "post_processor.single[].SpecialToken", "id");
  const JsonValue& known = required_member(processor, "post_processor", "special_tokens");
  const JsonValue& entry = required_member(known, "post_processor.special_tokens", name.c_str());
  constexpr const char* kWhere = "post_processor.special_tokens[]";
  for (const JsonValue& id : array_member(entry, kWhere, "ids").parts)
    ids.push_back(token_id(id, kWhere));
}

void parse_template(const JsonValue& root, Definition& definition) {
  constexpr const char* kWhere = "post_processor";
  const JsonValue* const part = optional_object(root, kWhere);
  if (part == nullptr) return;
  const std::string type = type_of(part, kWhere);
  if (type != "TemplateProcessing") {
    throw_unsupported("post-processor " + type, "TemplateProcessing");
  }
  bool text_seen = false;
  for (const JsonValue& piece : array_member(*part, kWhere, "single").parts) {
    if (!piece.is(JsonKind::kObject) || piece.parts.size() != 1) {
      throw_invalid("post_processor.single[] must be an object with one member");
    }
    const JsonValue& member = piece.parts.front();
    if (member.name == "SpecialToken") {
      append_special_token(*part, member, text_seen ? definition.after : definition.before);
    } else if (member.name == "Sequence") {
      if (string_member(member, "post_processor.single[].Sequence", "id") != "A") {
        throw_invalid("post_processor.single names a sequence other than A");
      }
      if (text_seen) throw_unsupported("a template with its text twice", "the text once");
      text_seen = true;
    } else {
      throw_invalid("post_processor.single[] is neither SpecialToken nor Sequence");
    }
  }
  if (!text_seen) throw_unsupported("a template without the text", "the text once");
}

}  // namespace

Definition parse_definition(std::string_view spec_json) {
  const JsonValue root = parse_object(spec_json);
  Definition definition;
  parse_model(root, definition);
  definition.normalizer = parse_normalizer(root);
  check_pre_tokenizer(root);
  definition.added_tokens = parse_added_tokens(root);
  parse_template(root, definition);
  return definition;
}

}  // namespace mayfly::tokenizer
