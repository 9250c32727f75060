// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "bindings/buffer.h"
#include "engine/document_view.h"

namespace mayfly::bindings {

// Five packed strings per document: id, text, metadata, title, headings. Views into the buffer.
// Error(kInvalidArgument) for another number of strings.
std::vector<engine::DocumentView> unpack_documents(Buffer& packed);

}  // namespace mayfly::bindings
