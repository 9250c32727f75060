// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "lexical/lexical_index.h"
#include "text/utf8.h"

using mayfly::lexical::LexicalIndex;

namespace {

// The text with what matches in brackets.
std::string marked(const LexicalIndex& index, const std::string& query, const std::string& text) {
  std::string result;
  std::size_t at = 0;
  for (const auto& range : index.find_matches(query, text)) {
    result += text.substr(at, range.begin - at) + "[" +
              text.substr(range.begin, range.end - range.begin) + "]";
    at = range.end;
    CHECK(range.code_point_begin ==
          mayfly::text::count_code_points(std::string_view(text).substr(0, range.begin)));
    CHECK(range.code_point_end ==
          mayfly::text::count_code_points(std::string_view(text).substr(0, range.end)));
  }
  return result + text.substr(at);
}

}  // namespace

TEST_CASE("matches are the bytes of the words as the text spells them", "[lexical]") {
  LexicalIndex index;
  const std::string text = "Crème brûlée — the CREME of the crop; 👩‍💻 creme.";
  index.append({"", "", text});
  CHECK(marked(index, "creme ", text) ==
        "[Crème] brûlée — the [CREME] of the crop; 👩‍💻 [creme].");
  CHECK(marked(index, "brulee the ", text) ==
        "Crème [brûlée] — [the] CREME of [the] crop; 👩‍💻 creme.");
}

TEST_CASE("completions and typos are marked as the search understands them", "[lexical]") {
  LexicalIndex index;
  const std::string text = "React components compose";
  index.append({"", "", text});
  CHECK(marked(index, "comp", text) == "React [components] [compose]");
  CHECK(marked(index, "componants ", text) == "React [components] compose");
  CHECK(marked(index, "comp ", text) == text);
}

TEST_CASE("a phrase is marked only where it stands", "[lexical]") {
  LexicalIndex index;
  const std::string text = "cat food, cat and food";
  index.append({"", "", text});
  CHECK(marked(index, "\"cat food\"", text) == "[cat] [food], cat and food");
  CHECK(marked(index, "\"cat food\" and ", text) == "[cat] [food], cat [and] food");
  CHECK(marked(index, "food -cat", text) == "cat [food], cat and [food]");
}

TEST_CASE("pairs that touch are one range, a lone character is marked alone", "[lexical]") {
  LexicalIndex index;
  const std::string text = "我买了新手机壳。手机";
  index.append({"", "", text});
  CHECK(marked(index, "手机壳", text) == "我买了新[手机壳]。[手机]");
  CHECK(marked(index, "手", text) == "我买了新[手]机壳。[手]机");
  CHECK(marked(index, "\"新手\"", text) == "我买了[新手]机壳。手机");
}
