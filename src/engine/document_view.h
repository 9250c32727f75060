// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace mayfly::engine {

// What is added to a collection. `metadata` is the caller's own (the client passes JSON); the
// engine stores and returns it and never reads it.
struct DocumentView {
  std::string_view id;        // non-empty, unique in the collection
  std::string_view text;      // the passage that is embedded
  std::string_view metadata;  // may be empty
};

}  // namespace mayfly::engine
