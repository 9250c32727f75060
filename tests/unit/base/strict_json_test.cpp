// SPDX-License-Identifier: Apache-2.0
#include "base/strict_json.h"

#include <catch2/catch.hpp>

namespace mayfly {

TEST_CASE("JSON without a defect is read as the library reads it", "[base]") {
  for (const std::string text :
       {R"({"a":[1,-2,3.5e2,true,null,{"b":"\u00e9"},[[],{}]],"c":{"d":{}}})", R"("text")", "17",
        R"([{"a":1},{"a":2},[{"a":3}]])", R"({"outer":{"a":1},"inner":{"a":1}})"}) {
    CAPTURE(text);
    const StrictJson parsed = parse_strict_json(text, 8);
    CHECK(parsed.defect.empty());
    CHECK(parsed.value == nlohmann::json::parse(text));
  }
}

TEST_CASE("JSON with a defect is refused with its name", "[base][hostile]") {
  const auto defect_of = [](const std::string& text) {
    const StrictJson parsed = parse_strict_json(text, 3);
    CHECK(parsed.value.is_discarded());
    return parsed.defect;
  };
  for (const std::string text : {"", "{", R"({"a":})", "[1,]", "{} {}", "nul", "\"\xFF\""}) {
    CAPTURE(text);
    CHECK(defect_of(text).find("not JSON") == 0);
  }
  CHECK(defect_of(R"({"a":1,"b":{"a":2},"a":3})") == "it names \"a\" twice in one object");
  CHECK(defect_of("[[[[]]]]") == "nested too deep");
  CHECK(parse_strict_json("[[[]]]", 3).defect.empty());
}

}  // namespace mayfly
