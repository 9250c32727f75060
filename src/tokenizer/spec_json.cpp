// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/spec_json.h"

#include "base/error.h"

namespace mayfly::tokenizer {
namespace {

constexpr std::size_t kMaxDepth = 32;

[[noreturn]] void reject(std::string_view where, std::string_view key, const char* complaint) {
  std::string defect(where);
  if (!where.empty() && !key.empty()) defect += '.';
  defect += key;
  defect += complaint;
  throw_invalid(defect);
}

}  // namespace

void throw_invalid(const std::string& defect) {
  throw Error(ErrorCode::kInvalidTokenizer,
              "tokenizer.json: " + defect + "; get the model from its publisher again");
}

void throw_unsupported(const std::string& part, const std::string& supported) {
  throw Error(ErrorCode::kUnsupportedModel,
              "tokenizer.json: " + part + " is not supported; choose a model with " + supported);
}

JsonValue parse_object(std::string_view json) {
  StrictJson parsed = parse_strict_json(json, kMaxDepth);
  if (!parsed.defect.empty()) throw_invalid(parsed.defect);
  if (!parsed.value.is(JsonKind::kObject)) throw_invalid("not a JSON object");
  return std::move(parsed.value);
}

const JsonValue* optional_object(const JsonValue& object, std::string_view key) {
  const JsonValue* const found = object.member(key);
  if (found == nullptr || found->is(JsonKind::kNull)) return nullptr;
  if (!found->is(JsonKind::kObject)) reject(key, "", " must be an object");
  return found;
}

const JsonValue& required_member(const JsonValue& object, std::string_view where, const char* key) {
  if (!object.is(JsonKind::kObject)) reject(where, "", " must be an object");
  const JsonValue* const found = object.member(key);
  if (found == nullptr) reject(where, key, " is missing");
  return *found;
}

std::string string_member(const JsonValue& object, std::string_view where, const char* key) {
  const JsonValue& value = required_member(object, where, key);
  if (!value.is(JsonKind::kString)) reject(where, key, " must be a string");
  return value.text;
}

bool bool_member(const JsonValue& object, std::string_view where, const char* key) {
  const JsonValue& value = required_member(object, where, key);
  if (!value.is(JsonKind::kBoolean)) reject(where, key, " must be true or false");
  return value.boolean;
}

std::uint64_t count_member(const JsonValue& object, std::string_view where, const char* key) {
  const JsonValue& value = required_member(object, where, key);
  if (!value.is_count) reject(where, key, " must be a whole number");
  return value.count;
}

const JsonValue& array_member(const JsonValue& object, std::string_view where, const char* key) {
  const JsonValue& value = required_member(object, where, key);
  if (!value.is(JsonKind::kArray)) reject(where, key, " must be an array");
  return value;
}

TokenId token_id(const JsonValue& value, std::string_view where) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<TokenId>::max());
  if (!value.is_count || value.count > kMax) {
    reject(where, "", " must be a token id");
  }
  return static_cast<TokenId>(value.count);
}

std::string type_of(const JsonValue* part, std::string_view where) {
  return part == nullptr ? "null" : string_member(*part, where, "type");
}

}  // namespace mayfly::tokenizer
