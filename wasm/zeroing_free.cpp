// SPDX-License-Identifier: Apache-2.0
// Freed memory holds no text and no vectors: every block is overwritten before the allocator gets
// it back. The core's own buffers do this already (ZeroingAllocator); replacing free() covers what
// does not pass through them: std::string, the standard containers, temporaries of the glue code.
// Emscripten exports the allocator's own functions as emscripten_builtin_* for such replacements.
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/zeroing_allocator.h"

extern "C" {

void emscripten_builtin_free(void* block);

void free(void* block) {
  if (block == nullptr) return;
  mayfly::zero_memory(block, malloc_usable_size(block));
  emscripten_builtin_free(block);
}

// Always moves: the allocator's own realloc would release the old block without our free().
void* realloc(void* block, std::size_t byte_count) {
  void* moved = std::malloc(byte_count);
  if (moved == nullptr || block == nullptr) return moved;
  std::memcpy(moved, block, std::min(byte_count, malloc_usable_size(block)));
  free(block);
  return moved;
}

}  // extern "C"
