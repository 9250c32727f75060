// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/vocabulary.h"

#include <cstring>
#include <string>

#include "base/error.h"
#include "text/utf8.h"

namespace mayfly::tokenizer {
namespace {

// A thousand times what WordPiece models have; keeps every position within 32 bits.
constexpr std::size_t kMaxBytes = std::size_t{1} << 28;

[[noreturn]] void reject(const std::string& defect) {
  throw Error(ErrorCode::kInvalidTokenizer,
              "the tokenizer's vocabulary " + defect + "; convert or download the model again");
}

}  // namespace

Vocabulary::Vocabulary(std::span<const char> blob) {
  if (blob.empty()) reject("is empty");
  if (blob.size() > kMaxBytes) reject("is larger than 256 MiB");
  if (blob.back() != '\0') reject("does not end with NUL");
  const std::string_view text(blob.data(), blob.size());
  if (!text::is_well_formed_utf8(text)) reject("is not UTF-8");
  bytes_.assign(blob.begin(), blob.end());
  ends_.reserve(blob.size() / 7);
  for (std::size_t at = 0; at < bytes_.size();) {
    const void* const nul = std::memchr(bytes_.data() + at, '\0', bytes_.size() - at);
    const auto end = static_cast<std::size_t>(static_cast<const char*>(nul) - bytes_.data());
    ends_.push_back(static_cast<std::uint32_t>(end));
    at = end + 1;
  }
}

void Vocabulary::append(std::string_view token) {
  if (token.find('\0') != std::string_view::npos) reject("has a token with NUL in it");
  if (token.size() >= kMaxBytes - bytes_.size()) reject("is larger than 256 MiB");
  bytes_.insert(bytes_.end(), token.begin(), token.end());
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  bytes_.push_back('\0');
}

}  // namespace mayfly::tokenizer
