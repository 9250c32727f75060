// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mayfly::text {

// What the reference library's BertNormalizer and BertPreTokenizer do with each code point. Its
// tables are older than today's Unicode and not of one age, so they are recorded answers and not
// Unicode properties: docs/decisions/tokenizer-tables-follow-the-reference.md.
class BertCharacters {
 public:
  // Bits of flags(). Without one of the bits from kMark on, strip_accents and lowercase change
  // nothing.
  static constexpr std::uint16_t kRemoved = 1 << 0;      // dropped by clean_text
  static constexpr std::uint16_t kSpace = 1 << 1;        // clean_text makes it U+0020
  static constexpr std::uint16_t kCjk = 1 << 2;          // handle_chinese_chars sets it apart
  static constexpr std::uint16_t kWhite = 1 << 3;        // the pre-tokenizer splits at it
  static constexpr std::uint16_t kPunctuation = 1 << 4;  // is a word of its own
  static constexpr std::uint16_t kWord = 1 << 5;         // \w of the reference's patterns
  static constexpr std::uint16_t kMark = 1 << 6;         // dropped by strip_accents
  static constexpr std::uint16_t kNonStarter = 1 << 7;   // combining class is not 0
  static constexpr std::uint16_t kDecomposes = 1 << 8;   // decomposition() differs from itself
  static constexpr std::uint16_t kUppercase = 1 << 9;    // lowercase() differs from itself

  // The one instance, built at first use (well under a millisecond) and never changed.
  static const BertCharacters& instance();

  // `code_point` is a Unicode scalar value, here and below.
  std::uint16_t flags(char32_t code_point) const {
    const std::size_t block = pages_[code_point >> kPageBits];
    return cells_[block << kPageBits | (code_point & kPageMask)];
  }
  // Simple lowercase. U+0130, whose lowercase is "i" and U+0307, gives "i".
  char32_t lowercase(char32_t code_point) const;
  // Canonical combining class, 0..240.
  std::uint8_t combining_class(char32_t code_point) const;

  struct Parts {
    std::array<char32_t, 4> values;
    std::uint32_t count;
  };
  // The canonical decomposition without its marks, 1..4 parts. Empty never: a code point whose
  // parts are marks only has kMark and does not decompose.
  Parts decomposition(char32_t code_point) const;

 private:
  BertCharacters();
  struct Build;

  static constexpr std::uint32_t kPageBits = 8;
  static constexpr std::uint32_t kPageMask = (1 << kPageBits) - 1;
  static constexpr std::uint32_t kPageCount = 0x110000 >> kPageBits;

  struct LowercaseRun {
    char32_t first, last;  // every code point between has kUppercase or is skipped by the stride
    std::int32_t difference;
  };
  struct ClassRun {
    char32_t first, last;
    std::uint8_t combining_class;
  };
  struct Decomposition {
    char32_t code_point;
    std::uint32_t first_part;  // in parts_, up to the next entry's
  };

  std::array<std::uint16_t, kPageCount> pages_{};  // page -> which block of cells_
  std::vector<std::uint16_t> cells_;               // flags; equal pages share a block
  std::vector<LowercaseRun> lowercase_;            // these three in code point order
  std::vector<ClassRun> classes_;
  std::vector<Decomposition> decompositions_;  // and one past the end
  std::vector<char32_t> parts_;
};

}  // namespace mayfly::text
