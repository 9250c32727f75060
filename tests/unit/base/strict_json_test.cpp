// SPDX-License-Identifier: Apache-2.0
#include "base/strict_json.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace {

using mayfly::JsonKind;
using mayfly::JsonValue;
using nlohmann::json;

// The same value as the library has it.
json library_value(const JsonValue& value) {
  switch (value.kind) {
    case JsonKind::kBoolean:
      return value.boolean;
    case JsonKind::kNumber:
      return value.is_count ? json(value.count) : json(value.number);
    case JsonKind::kString:
      return value.text;
    case JsonKind::kArray: {
      json array = json::array();
      for (const JsonValue& part : value.parts) array.push_back(library_value(part));
      return array;
    }
    case JsonKind::kObject: {
      json object = json::object();
      for (const JsonValue& part : value.parts) object[part.name] = library_value(part);
      return object;
    }
    default:
      return nullptr;
  }
}

// Negative whole numbers are integers to the library, doubles here.
void make_doubles(json& value) {
  if (value.is_number_integer() && !value.is_number_unsigned()) value = value.get<double>();
  if (value.is_structured()) {
    for (json& part : value) make_doubles(part);
  }
}

// What the library's parser finds in a text, refusing what it would pass over: a name twice in one
// object, and everything behind a NUL.
json library_parse(const std::string& text) {
  std::vector<std::vector<std::string>> names;
  bool is_strict = text.find('\0') == std::string::npos;
  const auto watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key) {
      const std::string name = parsed.get<std::string>();
      for (const std::string& other : names.back()) is_strict = is_strict && other != name;
      names.back().push_back(name);
    }
    return true;
  };
  json value = json::parse(text, watch, /*allow_exceptions=*/false);
  if (!is_strict) return json(json::value_t::discarded);
  make_doubles(value);
  return value;
}

class RandomJson {
 public:
  explicit RandomJson(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string text(int depth) {
    const std::string space = spaces();
    switch (below(depth == 0 ? 5 : 8)) {
      case 0:
        return space + pick({"true", "false", "null"}) + spaces();
      case 1:
      case 2:
        return space + number() + spaces();
      case 3:
      case 4:
        return space + string() + spaces();
      case 5:
        return space + list('[', ']', depth, false) + spaces();
      default:
        return space + list('{', '}', depth, true) + spaces();
    }
  }

  // A few bytes put in, taken out or made others.
  std::string mutated(std::string text) {
    for (std::size_t i = below(3); i < 3 && !text.empty(); ++i) {
      const std::size_t at = below(text.size());
      const std::string byte =
          pick({"\"",   "\\",   "{",    "}",    "[",    "]",  ",",  ":",    "0",
                "1",    "-",    "+",    ".",    "e",    "u",  "\n", "\x7F", "\x80",
                "\xC3", "\xED", "\xA0", "\xF4", "\x1F", "d8", "t",  " "});
      const std::size_t kind = below(3);
      text.replace(at, kind == 0 ? 0 : 1, kind == 1 ? "" : byte);
    }
    return text;
  }

 private:
  std::string pick(const std::vector<std::string>& choices) {
    return choices[below(choices.size())];
  }
  std::string spaces() { return pick({"", "", "", " ", "\t\r\n"}); }
  std::string digits(std::size_t most) {
    std::string result;
    for (std::size_t i = 1 + below(most); i > 0; --i) result += static_cast<char>('0' + below(10));
    return result;
  }
  std::string number() {
    std::string result = pick({"", "-"}) + pick({"0", "7", "1" + digits(25)});
    if (below(3) == 0) result += "." + digits(25);
    if (below(3) == 0) result += pick({"e", "E"}) + pick({"", "-", "+"}) + digits(3);
    return result;
  }
  std::string string() {
    std::string result = "\"";
    for (std::size_t i = below(5); i > 0; --i) {
      result += pick({"a", "b", " ", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\\n", "\\\"",
                      "\\\\", "\\/", "\\u00e9", "\\u0000", "\\uD83D\\uDE00", "\\uFFFF", "\\b"});
    }
    return result + "\"";
  }
  std::string list(char opening, char closing, int depth, bool named) {
    std::string result(1, opening);
    const std::size_t count = below(4);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) result += ",";
      if (named) result += spaces() + string() + spaces() + ":";
      result += text(depth - 1);
    }
    return result + (count == 0 ? spaces() : "") + closing;
  }

  std::mt19937 random_;
};

}  // namespace

namespace mayfly {

TEST_CASE("JSON without a defect is read as the library reads it", "[base]") {
  for (const std::string text :
       {R"({"a":[1,-2,3.5e2,true,null,{"b":"\u00e9"}],"c":[[],{}]})", R"("text")", "17",
        R"([{"a":1},{"a":2},[{"a":3}]])", R"({"outer":{"a":1},"inner":{"a":1}})", "\xEF\xBB\xBF[1]",
        "[18446744073709551615, 18446744073709551616]", R"({"":""})"}) {
    CAPTURE(text);
    const StrictJson parsed = parse_strict_json(text, 8);
    CHECK(parsed.defect.empty());
    CHECK(library_value(parsed.value) == library_parse(text));
  }
}

TEST_CASE("random JSON, sound and damaged, is read or refused as the library does", "[base]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  RandomJson random(seed);
  std::size_t sound = 0;
  constexpr std::size_t kTexts = 20'000;
  for (std::size_t i = 0; i < kTexts; ++i) {
    std::string text = random.text(4);
    if (i % 2 == 1) text = random.mutated(text);
    const StrictJson parsed = parse_strict_json(text, 8);
    const json expected = library_parse(text);
    const bool agrees = parsed.defect.empty()
                            ? !expected.is_discarded() && library_value(parsed.value) == expected
                            : expected.is_discarded();
    if (!agrees) {
      CAPTURE(text, parsed.defect, i);
      FAIL_CHECK("the two parsers do not agree");
    }
    sound += parsed.defect.empty();
  }
  CHECK(sound > kTexts / 3);
  CHECK(sound < kTexts / 10 * 9);
}

TEST_CASE("JSON with a defect is refused with its name and place", "[base][hostile]") {
  const auto defect_of = [](const std::string& text) {
    const StrictJson parsed = parse_strict_json(text, 3);
    CHECK(parsed.value.is(JsonKind::kNull));
    return parsed.defect;
  };
  for (const std::string text :
       {"",    "{",   R"({"a":})", "[1,]",   "{} {}",   "nul",         "\"\xFF\"",          "01",
        "1.",  "+1",  "1e400",     "\"\n\"", R"("\x")", R"("\uD800")", R"("\uDC00\uD800")", "{1:2}",
        "[1}", "NaN", "/**/1",     "'a'"}) {
    CAPTURE(text);
    CHECK(defect_of(text).find("not JSON") == 0);
  }
  CHECK(defect_of(std::string("1\0", 2)) == "not JSON (byte 1: something follows the value)");
  CHECK(defect_of("[1,]") == "not JSON (byte 3: no value begins like this)");
  CHECK(defect_of("[1") == "not JSON (byte 2: it ends too early)");
  CHECK(defect_of(R"({"a":1,"b":{"a":2},"a":3})") == "it names \"a\" twice in one object");
  CHECK(defect_of("[[[[]]]]") == "nested too deep");
  CHECK(parse_strict_json("[[[]]]", 3).defect.empty());
}

TEST_CASE("members are found by name, and stand in the order of their names", "[base]") {
  const JsonValue value = parse_strict_json(R"({"b":1,"":2,"\u00e4":3,"ab":4,"a":5})").value;
  std::string names;
  for (const JsonValue& part : value.parts) {
    names += part.name + ";";
    CHECK(value.member(part.name) == &part);
  }
  CHECK(names == ";a;ab;b;\xC3\xA4;");
  CHECK(value.member("c") == nullptr);
  CHECK(value.parts.front().member("") == nullptr);
}

}  // namespace mayfly
