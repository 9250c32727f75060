// SPDX-License-Identifier: Apache-2.0
#include "base/strict_json.h"

#include <utility>

#include "base/decimal.h"
#include "base/json_string.h"
#include "base/sort_numbers.h"
#include "base/utf8.h"

namespace mayfly {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// Recursive descent, one function for each rule of the grammar. They return false at a defect,
// which is noted then, and leave at_ where it is.
class Parser {
 public:
  Parser(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(max_depth) {}

  StrictJson parse() {
    StrictJson result;
    if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
    if (!value(result.value) || !end()) result = {{}, std::move(defect_)};
    return result;
  }

 private:
  // 0 at the end of the text, which no rule takes for something else.
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char byte) {
    if (next() != byte) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (next() == ' ' || next() == '\n' || next() == '\r' || next() == '\t') ++at_;
  }

  bool refuse(const char* complaint) {
    if (at_ == text_.size()) complaint = "it ends too early";
    defect_ = std::string("not JSON (byte ")
                  .append(std::to_string(at_))
                  .append(": ")
                  .append(complaint)
                  .append(")");
    return false;
  }

  bool end() {
    skip_space();
    return at_ == text_.size() || refuse("something follows the value");
  }

  bool value(JsonValue& result) {
    skip_space();
    switch (next()) {
      case '{':
        return container(result, JsonKind::kObject, '}') && sort_members(result.parts);
      case '[':
        return container(result, JsonKind::kArray, ']');
      case '"':
        result.kind = JsonKind::kString;
        return string(result.text);
      case 't':
        result.boolean = true;
        return literal("true", JsonKind::kBoolean, result);
      case 'f':
        return literal("false", JsonKind::kBoolean, result);
      case 'n':
        return literal("null", JsonKind::kNull, result);
      default:
        return number(result);
    }
  }

  bool literal(std::string_view word, JsonKind kind, JsonValue& result) {
    if (text_.substr(at_, word.size()) != word) return refuse("no value begins like this");
    at_ += word.size();
    result.kind = kind;
    return true;
  }

  bool string(std::string& result) {
    const char* const complaint = read_json_string(text_, at_, result);
    return complaint == nullptr || refuse(complaint);
  }

  bool container(JsonValue& result, JsonKind kind, char closing) {
    if (depth_ == max_depth_) {
      defect_ = "nested too deep";
      return false;
    }
    ++depth_;
    ++at_;
    result.kind = kind;
    skip_space();
    if (!take(closing)) {
      do {
        JsonValue part;
        if (kind == JsonKind::kObject && !name(part.name)) return false;
        if (!value(part)) return false;
        result.parts.push_back(std::move(part));
        skip_space();
      } while (take(','));
      if (!take(closing)) return refuse("a comma or the closing bracket is missing");
    }
    --depth_;
    return true;
  }

  bool name(std::string& result) {
    skip_space();
    if (next() != '"') return refuse("a name in quotes is missing");
    if (!string(result)) return false;
    skip_space();
    return take(':') || refuse("a colon is missing");
  }

  bool sort_members(std::vector<JsonValue>& members) {
    const auto order = sorted_order(members.size(), [&](std::uint32_t a, std::uint32_t b) {
      return members[a].name < members[b].name;
    });
    std::vector<JsonValue> sorted;
    sorted.reserve(order.size());
    for (const std::uint32_t place : order) {
      if (!sorted.empty() && sorted.back().name == members[place].name) {
        defect_ = "it names \"" + members[place].name.substr(0, 40) + "\" twice in one object";
        return false;
      }
      sorted.push_back(std::move(members[place]));
    }
    members = std::move(sorted);
    return true;
  }

  bool digits() {
    if (!is_digit(next())) return refuse("a digit is missing");
    while (is_digit(next())) ++at_;
    return true;
  }

  bool number(JsonValue& result) {
    const std::size_t begin = at_;
    if (next() != '-' && !is_digit(next())) return refuse("no value begins like this");
    take('-');
    if (!take('0') && !digits()) return false;
    const std::size_t whole_end = at_;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    const std::string_view written = text_.substr(begin, at_ - begin);
    result.kind = JsonKind::kNumber;
    result.number = decimal_to_double(written);
    // Infinity minus itself is not a number.
    if (!(result.number - result.number == 0)) return refuse("the number is beyond a double");
    result.is_count = at_ == whole_end && count(written, result.count);
    return true;
  }

  static bool count(std::string_view written, std::uint64_t& result) {
    for (const char byte : written) {
      if (!is_digit(byte) || __builtin_mul_overflow(result, std::uint64_t{10}, &result) ||
          __builtin_add_overflow(result, static_cast<std::uint64_t>(byte - '0'), &result)) {
        result = 0;
        return false;
      }
    }
    return true;
  }

  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string defect_;
};

}  // namespace

const JsonValue* JsonValue::member(std::string_view wanted) const {
  if (kind != JsonKind::kObject) return nullptr;
  std::size_t begin = 0;
  for (std::size_t end = parts.size(); begin < end;) {
    const std::size_t middle = begin + (end - begin) / 2;
    const int order = parts[middle].name.compare(wanted);
    if (order == 0) return &parts[middle];
    (order < 0 ? begin : end) = middle + (order < 0 ? 1 : 0);
  }
  return nullptr;
}

StrictJson parse_strict_json(std::string_view text, std::size_t max_depth) {
  if (!is_well_formed_utf8(text)) return {{}, "not JSON (it is not well-formed UTF-8)"};
  return Parser(text, max_depth).parse();
}

}  // namespace mayfly
