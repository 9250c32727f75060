// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#ifndef __EMSCRIPTEN__  // in the browser the platform computes digests
#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

std::string digest(const std::vector<std::string>& parts) {
  std::vector<std::span<const char>> spans(parts.begin(), parts.end());
  return mayfly::sha256_hex(spans);
}

}  // namespace

// Examples of FIPS 180-2, appendix B, and the digest of the empty message.
TEST_CASE("SHA-256 gives the standard's own examples", "[base]") {
  CHECK(digest({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest({"abc"}) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest({"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"}) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(digest({std::string(1'000'000, 'a')}) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 takes its parts as one message", "[base]") {
  CHECK(digest({"a", "", "bc"}) == digest({"abc"}));
}
#endif
