// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#ifndef __EMSCRIPTEN__
#include <openssl/evp.h>

#include <array>
#include <memory>

#include "base/error.h"

namespace mayfly {

std::string sha256_hex(std::span<const std::span<const char>> parts) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for (const auto part : parts) {
    ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int byte_count = 0;
  ok = ok && EVP_DigestFinal_ex(context.get(), digest.data(), &byte_count) == 1;
  if (!ok) throw Error(ErrorCode::kInternal, "libcrypto refused to compute a SHA-256 digest");

  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < byte_count; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

}  // namespace mayfly
#endif
