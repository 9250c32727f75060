// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>

#include "lexical/lexical_index.h"

using mayfly::lexical::LexicalIndex;
using mayfly::lexical::NameMatch;
using Names = std::map<std::size_t, NameMatch>;

namespace {

Names names(const LexicalIndex& index, std::string_view query) {
  Names result;
  for (const auto& named : index.find_names(query)) result[named.row] = named.match;
  return result;
}

LexicalIndex pages() {
  LexicalIndex index;
  index.append({"<Suspense>", "Usage\nCaveats of Suspense", "suspense usage"});
  index.append({"Suspense on the server", "Suspense", "text"});
  index.append({"Café münü", "A. B\nC", "what is on the menu"});
  index.append({"", "", "Suspense"});
  return index;
}

}  // namespace

TEST_CASE("a title or heading is named by its words, whatever capitals, accents and punctuation",
          "[lexical]") {
  const LexicalIndex index = pages();
  CHECK(names(index, "suspense") == Names{{0, NameMatch::kWholeTitle},
                                          {1, NameMatch::kWholeHeading},
                                          {3, NameMatch::kOnlyWord}});
  CHECK(names(index, "cafe MUNU!") == Names{{2, NameMatch::kWholeTitle}});
  CHECK(names(index, "usage") == Names{{0, NameMatch::kWholeHeading}});
}

TEST_CASE("a part of a name is words that follow each other within one title or heading",
          "[lexical]") {
  const LexicalIndex index = pages();
  CHECK(names(index, "the server") == Names{{1, NameMatch::kTitlePart}});
  CHECK(names(index, "of suspense") == Names{{0, NameMatch::kHeadingPart}});
  CHECK(names(index, "server the").empty());
  CHECK(names(index, "b c").empty());             // of two headings
  CHECK(names(index, "suspense usage").empty());  // of the body
  CHECK(names(index, "on the menu").empty());
  CHECK(names(index, "suspense blorfen").empty());
  CHECK(names(index, "").empty());
  CHECK(names(index, "--- !").empty());
}

TEST_CASE("a name of a script without spaces is found whole and by its beginning", "[lexical]") {
  LexicalIndex index;
  index.append({"東京都庁", "", "text"});
  index.append({"京都", "", "text"});
  CHECK(names(index, "東京都庁") == Names{{0, NameMatch::kWholeTitle}});
  CHECK(names(index, "京都") == Names{{0, NameMatch::kTitlePart}, {1, NameMatch::kWholeTitle}});
}

TEST_CASE("names are those of the documents that are there now", "[lexical]") {
  LexicalIndex index = pages();
  index.replace(1, {"Other", "", "suspense"});
  CHECK(names(index, "suspense") ==
        Names{{0, NameMatch::kWholeTitle}, {1, NameMatch::kOnlyWord}, {3, NameMatch::kOnlyWord}});
  index.remove(0);  // the last row is row 0 now
  CHECK(names(index, "suspense") == Names{{0, NameMatch::kOnlyWord}, {1, NameMatch::kOnlyWord}});
  CHECK(names(index, "cafe munu") == Names{{2, NameMatch::kWholeTitle}});
}

TEST_CASE("words that documents have are known, by their IDF", "[lexical]") {
  LexicalIndex index;
  index.append({"", "", "cat fish"});
  index.append({"", "", "cat dog"});
  const double everywhere = std::log(1 + 0.5 / 2.5), nowhere = std::log(1 + 2.5 / 0.5);
  CHECK(index.known_share("cat dog") == 1.0f);
  CHECK(index.known_share("qwzx blorfen") == 0.0f);
  CHECK(index.known_share("cat qwzx ") == Approx(everywhere / (everywhere + nowhere)));
  CHECK(index.known_share("fisch ") == 0.0f);  // a typo
  CHECK(index.known_share("cat fi") == 1.0f);  // still being typed
  CHECK(index.known_share("fi cat") < 1.0f);
  CHECK(index.known_share("") == 0.0f);
}
