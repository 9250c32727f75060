// SPDX-License-Identifier: Apache-2.0
#include "text/words.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "text/bert_characters.h"

namespace mayfly::text {
namespace {

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool contains(const Range (&ranges)[N], char32_t value) {
  return std::any_of(std::begin(ranges), std::end(ranges), [value](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

// Scripts written without spaces, beside the ideographs, for which the tables have a flag; blocks
// of Unicode 15. Hangul has spaces, but words carry particles: pairs find the stem.
constexpr Range kPairScripts[] = {
    {0x0E01, 0x0EFF},  // Thai, Lao
    {0x1000, 0x109F},  // Burmese
    {0x1100, 0x11FF},  // Hangul letters
    {0x1780, 0x17FF},  // Khmer
    {0x3005, 0x3007},  // ideographic iteration mark, closing mark, zero
    {0x3041, 0x3096},  // Hiragana
    {0x309D, 0x30FF},  // its iteration marks, Katakana
    {0x31F0, 0x31FF},  // small Katakana
    {0xA960, 0xA97F},  // further Hangul letters
    {0xAC00, 0xD7FF},  // Hangul
    {0xFF66, 0xFF9F},  // half-width Katakana
};

// Marks that writers may leave out: accents of alphabets, points of Hebrew and Arabic, voiced
// marks that no kana takes, emoji variation. Vowel signs of Indic scripts are marks too and stay:
// without them other words result.
constexpr Range kOptionalMarks[] = {
    {0x0300, 0x036F}, {0x0483, 0x0487}, {0x0591, 0x05BD}, {0x05BF, 0x05C7}, {0x0610, 0x061A},
    {0x0640, 0x0640}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

// Letters without a decomposition that people type as others, and full case folding where it is
// longer than one letter or differs from the lower case.
struct Spelling {
  char32_t letter;
  char ascii[3];
};
constexpr Spelling kSpellings[] = {
    {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"},
    {0x0111, "d"},  {0x0127, "h"},  {0x0131, "i"}, {0x0142, "l"}, {0x0153, "oe"},
};

constexpr char32_t kFinalSigma = 0x3C2, kSigma = 0x3C3;
constexpr char32_t kFullWidthFirst = 0xFF01, kFullWidthLast = 0xFF5E, kFullWidthShift = 0xFEE0;
constexpr char32_t kVoicedMark = 0x3099, kSemiVoicedMark = 0x309A;

// Format characters that stand inside words and mean nothing for the spelling: soft hyphen, zero
// width (non-)joiner, word joiner, byte order mark.
bool is_invisible(char32_t value) {
  return value == 0xAD || value == 0x200C || value == 0x200D || value == 0x2060 || value == 0xFEFF;
}

// ASCII: the folded character, 0 for what is no word character.
constexpr std::array<char, 128> make_ascii() {
  std::array<char, 128> table{};
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = static_cast<char>(c);
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = static_cast<char>(c);
  for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = static_cast<char>(c - 'A' + 'a');
  table[std::size_t{'_'}] = '_';
  return table;
}
constexpr std::array<char, 128> kAscii = make_ascii();

bool is_word_character(char32_t value) {
  if (value < 128) return kAscii[value] != 0;
  return (BertCharacters::instance().flags(value) & BertCharacters::kWord) != 0;
}

bool is_pair_character(char32_t value) {
  if (value < kPairScripts[0].first) return false;
  if (BertCharacters::instance().flags(value) & BertCharacters::kCjk) return true;
  return contains(kPairScripts, value) && is_word_character(value);
}

// True for the kana that have a voiced form right behind them; by the place of the Hiragana.
constexpr bool has_voiced_form(char32_t hiragana) {
  if (hiragana >= 0x304B && hiragana <= 0x3061) return hiragana % 2 == 1;  // ka to chi
  if (hiragana >= 0x3064 && hiragana <= 0x3068) return hiragana % 2 == 0;  // tsu to to
  return hiragana == 0x309D;                                               // iteration mark
}

// Where a kana and a combining sound mark are one character (Unicode's canonical compositions),
// that one; else 0. Katakana stand 0x60 behind their Hiragana.
char32_t voiced(char32_t kana, char32_t mark) {
  if (mark != kVoicedMark && mark != kSemiVoicedMark) return 0;
  const char32_t hiragana = kana >= 0x30A1 ? kana - 0x60 : kana;
  if (hiragana >= 0x306F && hiragana <= 0x307B && hiragana % 3 == 0) {  // ha to ho: both marks
    return kana + (mark - kVoicedMark) + 1;
  }
  if (mark == kSemiVoicedMark) return 0;
  if (hiragana == 0x3046) return kana + 0x4E;             // u, vu
  if (kana >= 0x30EF && kana <= 0x30F2) return kana + 8;  // wa to wo, Katakana only
  return has_voiced_form(hiragana) ? kana + 1 : 0;
}

}  // namespace

WordReader::WordReader(std::string_view utf8) : text_(utf8) { folded_.reserve(64); }

DecodedCodePoint WordReader::peek(std::size_t at) const {
  if (at >= text_.size()) return {0, 0};
  return decode_utf8(text_.data() + at, text_.data() + text_.size());
}

// Kana with combining marks and Hangul written in letters are composed (Unicode 15, section 3.12),
// so that both ways to write a text give the same pairs.
WordReader::Character WordReader::pair_character(std::size_t at) const {
  const DecodedCodePoint first = peek(at);
  Character character{first.value, first.byte_count};
  const DecodedCodePoint second = peek(at + character.byte_count);
  if (const char32_t composed = voiced(first.value, second.value)) {
    return {composed, character.byte_count + second.byte_count};
  }
  const char32_t lead = first.value - 0x1100, vowel = second.value - 0x1161;
  if (lead >= 19 || vowel >= 21) return character;
  character = {0xAC00 + (lead * 21 + vowel) * 28, character.byte_count + second.byte_count};
  const DecodedCodePoint third = peek(at + character.byte_count);
  const char32_t trail = third.value - 0x11A7;
  if (trail == 0 || trail >= 28) return character;
  return {character.value + trail, character.byte_count + third.byte_count};
}

void WordReader::append(char32_t folded) {
  char bytes[4];
  const std::uint32_t count = encode_utf8(folded, bytes);
  folded_.insert(folded_.end(), bytes, bytes + count);
  ++code_points_;
}

void WordReader::append_folded(char32_t value) {
  const BertCharacters& characters = BertCharacters::instance();
  if (value >= kFullWidthFirst && value <= kFullWidthLast) value -= kFullWidthShift;
  value = characters.lowercase(value);
  if (contains(kOptionalMarks, value)) return;
  if (value == kFinalSigma) value = kSigma;
  for (const Spelling& spelling : kSpellings) {
    if (spelling.letter != value) continue;
    for (const char* letter = spelling.ascii; *letter != 0; ++letter) {
      append(static_cast<unsigned char>(*letter));
    }
    return;
  }
  const BertCharacters::Parts parts = characters.decomposition(value);
  for (std::uint32_t i = 0; i < parts.count; ++i) append(parts.values[i]);
}

void WordReader::read_word() {
  kind_ = Kind::kWord;
  // Folding one character appends at most four, hence the margin.
  while (!at_end() && code_points_ + 4 <= kMaxCodePoints) {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte < 128) {
      if (kAscii[byte] == 0) break;
      folded_.push_back(kAscii[byte]);
      ++code_points_;
      end_ = ++at_;
      continue;
    }
    const DecodedCodePoint decoded = peek(at_);
    if (!is_invisible(decoded.value)) {
      if (is_pair_character(decoded.value) || !is_word_character(decoded.value)) break;
      append_folded(decoded.value);
    }
    at_ += decoded.byte_count;
    end_ = at_;
  }
}

void WordReader::read_pair() {
  const Character first = pair_character(at_);
  at_ += first.byte_count;
  end_ = at_;
  append(first.value);
  const bool pair = is_pair_character(peek(at_).value);
  kind_ = pair ? Kind::kPair : Kind::kTail;
  lone_ = !pair && !in_run_;
  in_run_ = pair;
  if (!pair) return;
  const Character second = pair_character(at_);
  append(second.value);
  end_ = at_ + second.byte_count;
}

bool WordReader::next() {
  while (!at_end()) {
    const DecodedCodePoint decoded = peek(at_);
    if (!is_word_character(decoded.value)) {
      at_ += decoded.byte_count;
      continue;
    }
    folded_.clear();
    code_points_ = 0;
    lone_ = false;
    begin_ = at_;
    if (is_pair_character(decoded.value)) {
      read_pair();
      return true;
    }
    read_word();
    if (!folded_.empty()) return true;  // empty: a mark that stands alone
  }
  return false;
}

}  // namespace mayfly::text
