// SPDX-License-Identifier: Apache-2.0
#include "bindings/packed_documents.h"

#include "base/error.h"
#include "bindings/packed_strings.h"

namespace mayfly::bindings {

std::vector<engine::DocumentView> unpack_documents(Buffer& packed) {
  constexpr std::size_t kParts = 5;
  const auto strings = unpack_strings(packed.bytes());
  if (strings.size() % kParts != 0) {
    throw Error(ErrorCode::kInvalidArgument,
                "pack id, text, metadata, title and headings of each document");
  }
  std::vector<engine::DocumentView> documents;
  documents.reserve(strings.size() / kParts);
  for (std::size_t i = 0; i < strings.size(); i += kParts) {
    documents.push_back(
        {strings[i], strings[i + 1], strings[i + 2], strings[i + 3], strings[i + 4]});
  }
  return documents;
}

}  // namespace mayfly::bindings
