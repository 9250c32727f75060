// SPDX-License-Identifier: Apache-2.0
#include "text/bert_characters.h"

#include <catch2/catch.hpp>
#include <string>

using mayfly::text::BertCharacters;

namespace {

const BertCharacters& characters() { return BertCharacters::instance(); }

bool has(char32_t code_point, std::uint16_t flag) {
  return (characters().flags(code_point) & flag) != 0;
}

std::u32string parts(char32_t code_point) {
  const BertCharacters::Parts found = characters().decomposition(code_point);
  return {found.values.data(), found.count};
}

}  // namespace

TEST_CASE("flags tell the kinds of characters apart", "[text][bert]") {
  CHECK(characters().flags(U'a') == BertCharacters::kWord);
  CHECK(characters().flags(U'A') == (BertCharacters::kWord | BertCharacters::kUppercase));
  CHECK(has(0, BertCharacters::kRemoved));
  CHECK(has(0xFFFD, BertCharacters::kRemoved));
  CHECK(has(0x200D, BertCharacters::kRemoved));
  CHECK(has(0x10FFFD, BertCharacters::kRemoved));
  CHECK(has(U'\n', BertCharacters::kSpace));
  CHECK(has(0x3000, BertCharacters::kSpace));
  CHECK_FALSE(has(0x0B, BertCharacters::kSpace));
  CHECK(has(0x0B, BertCharacters::kWhite));
  CHECK(has(0x4E00, BertCharacters::kCjk));
  CHECK(has(0x9FFF, BertCharacters::kCjk));
  CHECK_FALSE(has(0xA000, BertCharacters::kCjk));
  CHECK(has(U'$', BertCharacters::kPunctuation));  // ASCII symbols count, others do not
  CHECK_FALSE(has(0x20AC, BertCharacters::kPunctuation));
  CHECK(has(0x3002, BertCharacters::kPunctuation));
}

TEST_CASE("marks newer than the reference's tables are kept", "[text][bert]") {
  CHECK(has(0x0301, BertCharacters::kMark));
  CHECK_FALSE(has(0x08D4, BertCharacters::kMark));  // of Unicode 9; known as a non-starter though
  CHECK(has(0x08D4, BertCharacters::kNonStarter));
  CHECK_FALSE(has(0x1ABF, BertCharacters::kNonStarter));  // of Unicode 13; known to neither table
}

TEST_CASE("combining classes are those of the Unicode character database", "[text][bert]") {
  CHECK(characters().combining_class(U'a') == 0);
  CHECK(characters().combining_class(0x0301) == 230);
  CHECK(characters().combining_class(0x0316) == 220);
  CHECK(characters().combining_class(0x0334) == 1);
  CHECK(characters().combining_class(0x0345) == 240);
  CHECK(characters().combining_class(0x094D) == 9);
  CHECK(characters().combining_class(0x302E) == 224);
  CHECK(characters().combining_class(0x0344) == 230);  // that of its first part
}

TEST_CASE("lowercase is the simple mapping", "[text][bert]") {
  CHECK(characters().lowercase(U'Z') == U'z');
  CHECK(characters().lowercase(U'z') == U'z');
  CHECK(characters().lowercase(0x0100) == 0x0101);
  CHECK(characters().lowercase(0x0101) == 0x0101);
  CHECK(characters().lowercase(0x0130) == U'i');
  CHECK(characters().lowercase(0x03A3) == 0x03C3);
  CHECK(characters().lowercase(0x1E9E) == 0x00DF);
  CHECK(characters().lowercase(0x212A) == U'k');
  CHECK(characters().lowercase(0x10400) == 0x10428);
  CHECK(characters().lowercase(0x10A0) == 0x2D00);
}

TEST_CASE("decompositions are canonical and without marks", "[text][bert]") {
  CHECK(parts(U'a') == U"a");
  CHECK(parts(0x00E9) == U"e");
  CHECK(parts(0x01D5) == U"U");
  CHECK(parts(0x212B) == U"A");
  CHECK(parts(0x226E) == U"<");
  CHECK(parts(0xF900) == U"\u8C48");
  CHECK(parts(0x2FA1D) == U"\U0002A600");
  CHECK(parts(0x09CB) == U"\u09C7\u09BE");  // two vowel signs that are no non-spacing marks
  CHECK(parts(0x1D160) == U"\U0001D158\U0001D165\U0001D16E");
  CHECK(parts(0xFB01) == U"\uFB01");  // compatibility only: stays
}

// Unicode 15, section 3.12: HAN, and the last syllable, which has a trailing consonant.
TEST_CASE("Hangul syllables decompose into their letters", "[text][bert]") {
  CHECK(parts(0xAC00) == U"\u1100\u1161");
  CHECK(parts(0xD55C) == U"\u1112\u1161\u11AB");
  CHECK(parts(0xD7A3) == U"\u1112\u1175\u11C2");
  CHECK(parts(0xD7A4) == U"\uD7A4");
}
