// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/zeroing_allocator.h"
#include "text/utf8.h"

namespace mayfly::text {

// Cuts text into the words that lexical search compares, and folds them so that spellings of one
// word become one: case, diacritics, full-width forms, ligature letters ("Straße" -> "strasse").
//
// A word is a longest run of word characters (Unicode's \w: letters, marks, digits, connectors),
// cut after kMaxCodePoints. Scripts that are written without spaces (Han, Kana, Hangul with its
// particles, Thai, Lao, Khmer, Burmese) give a pair for every two neighbours and the run's last
// character alone, so that exactly one word begins at each character: "猫が好" -> "猫が" "が好"
// "好". Rules and what was tried: docs/decisions/words-of-lexical-search.md.
//
// Ill-formed UTF-8 reads as U+FFFD, which is no word character. Nothing is dropped otherwise.
class WordReader {
 public:
  static constexpr std::size_t kMaxCodePoints = 64;  // so a word has at most 256 bytes

  enum class Kind : std::uint8_t {
    kWord,  // of a script with spaces
    kPair,  // two neighbours of a script without
    kTail,  // the last character of such a run
  };

  // `utf8` must outlive the reader.
  explicit WordReader(std::string_view utf8);

  // Goes to the next word; false when there is none, and the rest is then undefined.
  bool next();

  std::string_view folded() const { return {folded_.data(), folded_.size()}; }  // until next()
  std::size_t begin() const { return begin_; }  // bytes of the text that the word stands for
  std::size_t end() const { return end_; }
  std::size_t code_points() const { return code_points_; }  // of folded()
  Kind kind() const { return kind_; }
  // A kTail without a kPair before it: the run is this one character.
  bool lone() const { return lone_; }

 private:
  struct Character {
    char32_t value;  // of a pair script: composed
    std::size_t byte_count;
  };

  bool at_end() const { return at_ == text_.size(); }
  DecodedCodePoint peek(std::size_t at) const;
  Character pair_character(std::size_t at) const;
  void append(char32_t folded);
  void append_folded(char32_t value);
  void read_word();
  void read_pair();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0, end_ = 0, code_points_ = 0;
  Kind kind_ = Kind::kWord;
  bool in_run_ = false;  // a pair ended the last word
  bool lone_ = false;
  SecureVector<char> folded_;
};

}  // namespace mayfly::text
