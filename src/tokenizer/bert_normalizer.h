// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "text/bert_characters.h"
#include "text/utf8.h"
#include "tokenizer/combining_run.h"
#include "tokenizer/tokenizer.h"

namespace mayfly::tokenizer {

// The options of tokenizer.json's BertNormalizer; none set stands for "normalizer": null.
struct BertNormalizerOptions {
  bool clean_text = false;
  bool handle_chinese_chars = false;
  bool strip_accents = false;
  bool lowercase = false;
};

// What the reference's BertNormalizer does, in one pass over the text:
//   clean_text            drops controls, U+0000 and U+FFFD; white space becomes U+0020
//   handle_chinese_chars  U+0020 before and after every ideograph
//   strip_accents         canonical decomposition and reordering (NFD), then without marks
//   lowercase             the simple mapping of each character ("final sigma" plays no part)
// Every character that comes out knows where in the input it came from. Linear time; beyond what
// the sink keeps, memory is needed for one run of combining characters only.
class BertNormalizer {
 public:
  explicit BertNormalizer(const BertNormalizerOptions& options);

  // Calls sink.put(code_point, its text::BertCharacters flags, its place in the input) for every
  // character of the normalized text, in order. `first_index` is the input index of the first
  // code point of `utf8`; the index after the last one is returned.
  template <typename Sink>
  std::uint32_t normalize(std::string_view utf8, std::uint32_t first_index, Sink& sink) const;

 private:
  using Characters = text::BertCharacters;
  template <typename Sink>
  class Pass;

  struct AsciiRow {
    std::uint16_t flags;  // of `normalized`
    char normalized;
    bool dropped;
  };

  BertNormalizerOptions options_;
  const Characters& characters_;
  std::array<AsciiRow, 128> ascii_;
};

// One normalize() call.
template <typename Sink>
class BertNormalizer::Pass {
 public:
  Pass(const BertNormalizer& normalizer, Sink& sink)
      : options_(normalizer.options_), characters_(normalizer.characters_), sink_(sink) {}

  void code_point(char32_t value, std::uint32_t index) {
    const Offset source{index, index + 1};
    const std::uint16_t flags = characters_.flags(value);
    if (options_.clean_text && (flags & (Characters::kRemoved | Characters::kSpace)) != 0) {
      if ((flags & Characters::kSpace) != 0) put_space(source);
      return;
    }
    if (options_.handle_chinese_chars && (flags & Characters::kCjk) != 0) {
      put_space(source);
      decompose(value, flags, source);
      put_space(source);
      return;
    }
    decompose(value, flags, source);
  }

  // Must be called before a starter is put past this object, and at the end.
  void finish_run() {
    if (run_.empty()) return;
    run_.flush(last_, [this](char32_t value, Offset source) {
      put_lowercase(value, characters_.flags(value), source);
    });
  }

 private:
  void put_space(Offset source) {
    finish_run();
    sink_.put(U' ', characters_.flags(U' '), source);
  }

  void decompose(char32_t value, std::uint16_t flags, Offset source) {
    constexpr std::uint16_t kSpecial =
        Characters::kMark | Characters::kNonStarter | Characters::kDecomposes;
    if (!options_.strip_accents) return put_lowercase(value, flags, source);
    const bool dropped = (flags & Characters::kMark) != 0;
    if ((flags & Characters::kNonStarter) != 0) {
      return run_.add(value, characters_.combining_class(value), dropped, source);
    }
    finish_run();
    last_ = source;
    if (dropped) return;
    if ((flags & kSpecial) == 0) return put_lowercase(value, flags, source);
    put_parts(value, source);
  }

  void put_parts(char32_t value, Offset source) {
    const Characters::Parts parts = characters_.decomposition(value);
    for (std::uint32_t i = 0; i < parts.count; ++i) {
      const char32_t part = parts.values[i];
      const std::uint16_t flags = characters_.flags(part);
      if ((flags & Characters::kNonStarter) != 0) {
        run_.add_inserted(part, characters_.combining_class(part));
      } else {
        finish_run();
        put_lowercase(part, flags, source);
      }
    }
  }

  void put_lowercase(char32_t value, std::uint16_t flags, Offset source) {
    if (!options_.lowercase || (flags & Characters::kUppercase) == 0) {
      return sink_.put(value, flags, source);
    }
    const char32_t lower = characters_.lowercase(value);
    sink_.put(lower, characters_.flags(lower), source);
    constexpr char32_t kDottedCapitalI = 0x130, kDotAbove = 0x307;
    if (value == kDottedCapitalI) sink_.put(kDotAbove, characters_.flags(kDotAbove), source);
  }

  const BertNormalizerOptions& options_;
  const Characters& characters_;
  Sink& sink_;
  CombiningRun run_;
  Offset last_;  // where the last starter came from
};

template <typename Sink>
std::uint32_t BertNormalizer::normalize(std::string_view utf8, std::uint32_t first_index,
                                        Sink& sink) const {
  Pass<Sink> pass(*this, sink);
  std::uint32_t index = first_index;
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end; ++index) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte < 0x80) {
      ++at;
      const AsciiRow& row = ascii_[byte];
      if (row.dropped) continue;
      pass.finish_run();
      sink.put(static_cast<char32_t>(row.normalized), row.flags, Offset{index, index + 1});
    } else {
      const text::DecodedCodePoint decoded = text::decode_utf8(at, end);
      at += decoded.byte_count;
      pass.code_point(decoded.value, index);
    }
  }
  pass.finish_run();
  return index;
}

}  // namespace mayfly::tokenizer
