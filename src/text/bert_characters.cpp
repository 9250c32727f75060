// SPDX-License-Identifier: Apache-2.0
#include "text/bert_characters.h"

#include <algorithm>
#include <span>

namespace mayfly::text {
namespace {

#include "text/bert_tables.inc"

// Hangul syllables are composed by arithmetic (Unicode 15, section 3.12): index = (l * 21 + v) * 28
// + t.
constexpr char32_t kHangulFirst = 0xAC00, kHangulLast = 0xD7A3;
constexpr char32_t kLeadFirst = 0x1100, kVowelFirst = 0x1161, kTrailBefore = 0x11A7;
constexpr char32_t kVowelCount = 21, kTrailCount = 28;

constexpr char32_t kDottedCapitalI = 0x130;

// Reads the numbers of bert_tables.inc, which generate_bert_tables.py describes.
class TableReader {
 public:
  explicit TableReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  bool done() const { return at_ == bytes_.size(); }
  [[gnu::noinline]] std::uint32_t number() {
    std::uint32_t value = 0;
    for (std::uint32_t shift = 0;; shift += 7) {
      const std::uint8_t byte = bytes_[at_++];
      value |= (byte & 127u) << shift;
      if (byte < 128) return value;
    }
  }
  std::int32_t signed_number() {
    const std::uint32_t value = number();
    return static_cast<std::int32_t>(value >> 1) ^ -static_cast<std::int32_t>(value & 1);
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

// The entry of `runs`, ordered by `first`, that may contain `code_point`; null before the first.
template <typename Run>
const Run* find_run(const std::vector<Run>& runs, char32_t code_point) {
  const auto after = std::upper_bound(runs.begin(), runs.end(), code_point,
                                      [](char32_t c, const Run& run) { return c < run.first; });
  return after == runs.begin() ? nullptr : &*(after - 1);
}

}  // namespace

// Collects flags as ranges; a page that a range covers whole costs nothing until finish(). Runs
// once, so what is called often is not inlined: it would make up a good part of the module.
struct BertCharacters::Build {
  BertCharacters& target;
  std::array<std::uint16_t, kPageCount> whole_page{};

  [[gnu::noinline]] void mark(char32_t first, char32_t last, std::uint16_t flag) {
    for (char32_t page = first >> kPageBits; page <= last >> kPageBits; ++page) {
      const char32_t begin = std::max<char32_t>(first, page << kPageBits);
      const char32_t end = std::min<char32_t>(last, page << kPageBits | kPageMask) + 1;
      if (end - begin == kPageMask + 1) {
        whole_page[page] |= flag;
        continue;
      }
      if (target.pages_[page] == 0) target.pages_[page] = add_block(0);
      const std::uint32_t block = target.pages_[page] * (kPageMask + 1);
      for (char32_t c = begin; c < end; ++c) target.cells_[block + (c & kPageMask)] |= flag;
    }
  }

  [[gnu::noinline]] void mark_set(std::span<const std::uint8_t> ranges, std::uint16_t flag) {
    char32_t end = 0;
    for (TableReader reader(ranges); !reader.done();) {
      const char32_t first = end + reader.number();
      end = first + reader.number() + 1;
      mark(first, end - 1, flag);
    }
  }

  // Every page without a block of its own gets the shared one of its value.
  void finish() {
    std::vector<std::pair<std::uint16_t, std::uint16_t>> shared{{0, 0}};  // flags -> block
    for (std::size_t page = 0; page < kPageCount; ++page) {
      const std::uint16_t flags = whole_page[page];
      std::uint16_t& block = target.pages_[page];
      if (block != 0) {
        const std::size_t begin = std::size_t{block} << kPageBits;
        for (std::size_t i = 0; i <= kPageMask; ++i) target.cells_[begin + i] |= flags;
        continue;
      }
      const auto known = std::find_if(shared.begin(), shared.end(),
                                      [&](const auto& entry) { return entry.first == flags; });
      block = known != shared.end() ? known->second : add_block(flags);
      if (known == shared.end()) shared.emplace_back(flags, block);
    }
  }

  [[gnu::noinline]] std::uint16_t add_block(std::uint16_t flags) {
    const std::size_t block = target.cells_.size() >> kPageBits;
    target.cells_.insert(target.cells_.end(), kPageMask + 1, flags);
    return static_cast<std::uint16_t>(block);
  }

  void read_combining_classes() {
    char32_t end = 0;
    for (TableReader reader(kCombiningClasses); !reader.done();) {
      const char32_t first = end + reader.number();
      end = first + reader.number() + 1;
      target.classes_.push_back({first, end - 1, static_cast<std::uint8_t>(reader.number())});
      mark(first, end - 1, kNonStarter);
    }
  }

  void read_lowercase() {
    char32_t end = 0;
    for (TableReader reader(kLowercase); !reader.done();) {
      const char32_t first = end + reader.number();
      const std::uint32_t packed = reader.number();
      const char32_t stride = (packed & 1) + 1, last = first + (packed >> 1) * stride;
      target.lowercase_.push_back({first, last, reader.signed_number()});
      for (char32_t c = first; c <= last; c += stride) mark(c, c, kUppercase);
      end = last + 1;
    }
    mark(kDottedCapitalI, kDottedCapitalI, kUppercase);
  }

  void read_decompositions() {
    char32_t end = 0, part = 0;
    for (TableReader reader(kDecompositions); !reader.done();) {
      const std::uint32_t packed = reader.number();
      const char32_t code_point = end + (packed >> 2);
      target.decompositions_.push_back(
          {code_point, static_cast<std::uint32_t>(target.parts_.size())});
      for (std::uint32_t i = 0; i <= (packed & 3); ++i) {
        part += static_cast<char32_t>(reader.signed_number());
        target.parts_.push_back(part);
      }
      mark(code_point, code_point, kDecomposes);
      end = code_point + 1;
    }
    target.decompositions_.push_back({0x110000, static_cast<std::uint32_t>(target.parts_.size())});
    mark(kHangulFirst, kHangulLast, kDecomposes);
  }
};

BertCharacters::BertCharacters() {
  Build build{*this, {}};
  build.add_block(0);  // block 0: pages of which nothing is known
  build.mark_set(kRemovedRanges, kRemoved);
  build.mark_set(kSpaceRanges, kSpace);
  build.mark_set(kCjkRanges, kCjk);
  build.mark_set(kWhiteRanges, kWhite);
  build.mark_set(kPunctuationRanges, kPunctuation);
  build.mark_set(kWordRanges, kWord);
  build.mark_set(kMarkRanges, kMark);
  build.read_combining_classes();
  build.read_lowercase();
  build.read_decompositions();
  build.finish();
}

const BertCharacters& BertCharacters::instance() {
  static const BertCharacters characters;
  return characters;
}

char32_t BertCharacters::lowercase(char32_t code_point) const {
  if ((flags(code_point) & kUppercase) == 0) return code_point;
  if (code_point == kDottedCapitalI) return U'i';
  // The flag says that some run contains it, and runs do not overlap.
  const LowercaseRun* const run = find_run(lowercase_, code_point);
  return static_cast<char32_t>(static_cast<std::int32_t>(code_point) + run->difference);
}

std::uint8_t BertCharacters::combining_class(char32_t code_point) const {
  if ((flags(code_point) & kNonStarter) == 0) return 0;
  return find_run(classes_, code_point)->combining_class;
}

BertCharacters::Parts BertCharacters::decomposition(char32_t code_point) const {
  if ((flags(code_point) & kDecomposes) == 0) return {{code_point}, 1};
  if (code_point >= kHangulFirst && code_point <= kHangulLast) {
    const char32_t index = code_point - kHangulFirst, trail = index % kTrailCount;
    return {{kLeadFirst + index / (kVowelCount * kTrailCount),
             kVowelFirst + index / kTrailCount % kVowelCount, kTrailBefore + trail},
            trail == 0 ? 2u : 3u};
  }
  const auto found =
      std::lower_bound(decompositions_.begin(), decompositions_.end(), code_point,
                       [](const Decomposition& entry, char32_t c) { return entry.code_point < c; });
  Parts parts{{}, (found + 1)->first_part - found->first_part};
  std::copy_n(&parts_[found->first_part], parts.count, parts.values.begin());
  return parts;
}

}  // namespace mayfly::text
