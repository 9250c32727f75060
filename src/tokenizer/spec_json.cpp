// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/spec_json.h"

#include "base/error.h"
#include "base/strict_json.h"

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

Json parse_object(std::string_view json) {
  StrictJson parsed = parse_strict_json(json, kMaxDepth);
  if (!parsed.defect.empty()) throw_invalid(parsed.defect);
  if (!parsed.value.is_object()) throw_invalid("not a JSON object");
  return std::move(parsed.value);
}

const Json* optional_object(const Json& object, std::string_view key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return nullptr;
  if (!found->is_object()) reject(key, "", " must be an object");
  return &*found;
}

const Json& required_member(const Json& object, std::string_view where, const char* key) {
  if (!object.is_object()) reject(where, "", " must be an object");
  const auto found = object.find(key);
  if (found == object.end()) reject(where, key, " is missing");
  return *found;
}

std::string string_member(const Json& object, std::string_view where, const char* key) {
  const Json& value = required_member(object, where, key);
  if (!value.is_string()) reject(where, key, " must be a string");
  return value.get<std::string>();
}

bool bool_member(const Json& object, std::string_view where, const char* key) {
  const Json& value = required_member(object, where, key);
  if (!value.is_boolean()) reject(where, key, " must be true or false");
  return value.get<bool>();
}

std::uint64_t count_member(const Json& object, std::string_view where, const char* key) {
  const Json& value = required_member(object, where, key);
  if (!value.is_number_unsigned()) reject(where, key, " must be a whole number");
  return value.get<std::uint64_t>();
}

const Json& array_member(const Json& object, std::string_view where, const char* key) {
  const Json& value = required_member(object, where, key);
  if (!value.is_array()) reject(where, key, " must be an array");
  return value;
}

TokenId token_id(const Json& value, std::string_view where) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<TokenId>::max());
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMax) {
    reject(where, "", " must be a token id");
  }
  return static_cast<TokenId>(value.get<std::uint64_t>());
}

std::string type_of(const Json* part, std::string_view where) {
  return part == nullptr ? "null" : string_member(*part, where, "type");
}

}  // namespace mayfly::tokenizer
