// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace mayfly::text {

struct Sentence {
  std::size_t begin, end;  // bytes, without the white space around it; never empty
  bool ends_paragraph;     // a blank line, a heading's end or the end of the text comes after it
};

// The sentences of a text, in order; what lies between them is white space. A sentence ends
//   - at . ! ? or an ellipsis and the closing quotes and brackets after it, when white space and
//     something other than a small letter follow ("e.g. this" and "J. Doe" go on);
//   - at the full stops of Chinese and Japanese, which need no space after them;
//   - at a blank line, and at the ends of a Markdown heading or the beginning of a list item.
// One that is longer than `max_bytes` is cut there at the last white space, or, where there is
// none, between two characters. max_bytes >= 4. Ill-formed UTF-8 is text like any other.
std::vector<Sentence> split_sentences(std::string_view utf8, std::size_t max_bytes);

}  // namespace mayfly::text
