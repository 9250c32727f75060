// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>

namespace mayfly::attributes {

// Where in a filter the reader is: put into words only if something is wrong there.
struct FilterPlace {
  const FilterPlace* outer = nullptr;   // none: the whole filter
  const std::string* member = nullptr;  // none: an element
  std::size_t element = 0;
};

// Error(kInvalidArgument): "filter.any[1].date" and then the advice.
[[noreturn]] void refuse_filter(const FilterPlace& place, const char* advice);

}  // namespace mayfly::attributes
