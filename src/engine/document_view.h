// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace mayfly::engine {

// What is added to a collection. `metadata` is the caller's own (the client passes JSON): of a JSON
// object the attributes can be asked for by filters (attributes/attribute_table.h).
struct DocumentView {
  std::string_view id;             // non-empty, unique in the collection
  std::string_view text;           // what is searched; long ones are embedded in passages
  std::string_view metadata = {};  // may be empty, as what follows
  std::string_view title = {};
  std::string_view headings = {};  // above the text, one a line
};

}  // namespace mayfly::engine
