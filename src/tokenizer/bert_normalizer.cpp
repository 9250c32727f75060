// SPDX-License-Identifier: Apache-2.0
#include "tokenizer/bert_normalizer.h"

namespace mayfly::tokenizer {

// No ASCII character decomposes, combines or is an ideograph, so a table row says all about it.
BertNormalizer::BertNormalizer(const BertNormalizerOptions& options)
    : options_(options), characters_(Characters::instance()) {
  for (std::size_t byte = 0; byte < ascii_.size(); ++byte) {
    auto value = static_cast<char32_t>(byte);
    const std::uint16_t flags = characters_.flags(value);
    const bool dropped = options.clean_text && (flags & Characters::kRemoved) != 0;
    if (options.clean_text && (flags & Characters::kSpace) != 0) value = U' ';
    if (options.lowercase) value = characters_.lowercase(value);
    ascii_[byte] = {characters_.flags(value), static_cast<char>(value), dropped};
  }
}

}  // namespace mayfly::tokenizer
