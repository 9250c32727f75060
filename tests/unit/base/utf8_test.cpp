// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

std::u32string decode(const std::string& bytes) {
  std::u32string result;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto decoded = mayfly::decode_utf8(bytes.data() + at, bytes.data() + bytes.size());
    result += decoded.value;
    at += decoded.byte_count;
  }
  return result;
}

}  // namespace

TEST_CASE("every Unicode scalar value survives encoding and decoding", "[base][utf8]") {
  for (char32_t value = 0; value < 0x110000; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    char bytes[4];
    const std::uint32_t count = mayfly::encode_utf8(value, bytes);
    const auto decoded = mayfly::decode_utf8(bytes, bytes + count);
    if (decoded.value != value || decoded.byte_count != count ||
        !mayfly::is_well_formed_utf8({bytes, count})) {
      FAIL("U+" << std::hex << static_cast<std::uint32_t>(value));
    }
  }
}

// Unicode 15, section 3.9, tables 3-8 to 3-11: the examples of the standard, which the WHATWG
// decoder follows.
TEST_CASE("ill-formed UTF-8 gives U+FFFD for each maximal subpart", "[base][utf8]") {
  const std::u32string bad = U"\uFFFD";
  const auto times = [&](int count) {
    std::u32string result;
    for (int i = 0; i < count; ++i) result += bad;
    return result;
  };
  SECTION("non-shortest forms") {
    CHECK(decode("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41") == times(8) + U"A");
  }
  SECTION("surrogates") {
    CHECK(decode("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41") == times(8) + U"A");
  }
  SECTION("beyond the last plane, and bytes that never occur") {
    CHECK(decode("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42") == times(5) + U"A" + times(2) + U"B");
  }
  SECTION("truncated sequences") {
    CHECK(decode("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") == times(4) + U"A");
  }
  SECTION("at the end of the text") {
    CHECK(decode("a\xF0\x9F\x98") == U"a" + bad);
    CHECK(decode("\xE2\x82") == bad);
    CHECK(decode("\xC3") == bad);
  }
}

TEST_CASE("well-formedness tells U+FFFD in a text from an error", "[base][utf8]") {
  CHECK(mayfly::is_well_formed_utf8(""));
  CHECK(mayfly::is_well_formed_utf8("a\xEF\xBF\xBD"));
  CHECK_FALSE(mayfly::is_well_formed_utf8("\xF0\x9F\x98"));
  CHECK_FALSE(mayfly::is_well_formed_utf8("\xFF"));
  CHECK_FALSE(mayfly::is_well_formed_utf8("\xED\xA0\x80"));
}

TEST_CASE("code points are counted as they decode", "[base][utf8]") {
  CHECK(mayfly::count_code_points("") == 0);
  CHECK(mayfly::count_code_points("a\xC3\xA9\xF0\x9F\x98\x80") == 3);
  CHECK(mayfly::count_code_points("\xFF\xFF\xE2\x82") == 3);
}
