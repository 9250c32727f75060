// SPDX-License-Identifier: Apache-2.0
#include "attributes/filter_place.h"

#include "base/error.h"

namespace mayfly::attributes {
namespace {

std::string words_for(const FilterPlace& place) {
  if (place.outer == nullptr) return "filter";
  std::string words = words_for(*place.outer);
  if (place.member != nullptr) return words.append(".").append(*place.member);
  return words.append("[").append(std::to_string(place.element)).append("]");
}

}  // namespace

void refuse_filter(const FilterPlace& place, const char* advice) {
  throw Error(ErrorCode::kInvalidArgument, words_for(place).append(advice));
}

}  // namespace mayfly::attributes
